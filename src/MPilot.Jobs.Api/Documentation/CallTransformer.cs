using System.Globalization;

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace MPilot.Jobs.Api.Documentation;

/// <summary>Writes an operation of the document from the description on its route.</summary>
internal sealed class CallTransformer : IOpenApiOperationTransformer
{
    /// <summary>The name of the credential among the components of the document.</summary>
    public const string KeyScheme = "virtual_key";

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<CallDoc>().LastOrDefault() is not { } doc)
        {
            return;
        }

        // The empty one: whether a key is needed depends on whether there are any.
        operation.Security = metadata.OfType<IAllowAnonymous>().Any()
            ? []
            : [new() { [new OpenApiSecuritySchemeReference(KeyScheme, context.Document)] = [] }, new()];

        // A route that takes HEAD besides GET is two operations.
        operation.OperationId = context.Description.HttpMethod == "HEAD" ? doc.Id + "Head" : doc.Id;
        operation.Summary = doc.Summary;
        operation.Description = doc.Description;
        operation.Tags = new HashSet<OpenApiTagReference> { new(doc.Group, context.Document) };
        operation.Parameters = [.. doc.Parameters.Select(Parameter)];
        operation.RequestBody = doc.Bodies.IsEmpty ? null : Request(doc);
        var generated = operation.Responses ?? [];
        operation.Responses = [];
        foreach (var answers in doc.Answers.GroupBy(a => a.Status))
        {
            var status = answers.Key.ToString(CultureInfo.InvariantCulture);
            operation.Responses[status] = await ResponseAsync([.. answers], generated.GetValueOrDefault(status), context, cancellationToken);
        }
    }

    private static IOpenApiParameter Parameter(ParameterDoc doc) => new OpenApiParameter
    {
        Name = doc.Field.Name,
        In = doc.Place switch
        {
            ParameterPlace.Path => ParameterLocation.Path,
            ParameterPlace.Query => ParameterLocation.Query,
            _ => ParameterLocation.Header,
        },
        Required = doc.Field.IsRequired,
        Description = doc.Field.Rule,
        Schema = FieldSchema.Of(doc.Field),
        Example = doc.Field.Example?.DeepClone(),
    };

    private static OpenApiRequestBody Request(CallDoc doc) => new()
    {
        Required = true,
        Content = doc.Bodies.ToDictionary(b => b.ContentType, BodySchema.Of, StringComparer.Ordinal),
    };

    private static async Task<IOpenApiResponse> ResponseAsync(
        List<AnswerDoc> answers, IOpenApiResponse? generated, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var response = new OpenApiResponse
        {
            Description = string.Join(" ", answers.Select(a => a.Meaning).Distinct(StringComparer.Ordinal)),
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal),
            Headers = answers.SelectMany(a => a.Headers).DistinctBy(h => h.Name, StringComparer.Ordinal).ToDictionary(h => h.Name, h => Header(h.Rule), StringComparer.Ordinal),
        };
        foreach (var answer in answers.Where(a => a.ContentType.Length > 0))
        {
            response.Content[answer.ContentType] = new()
            {
                Schema = answer.IsOneRecord ? generated?.Content?[answer.ContentType].Schema : await SchemaAsync(answer, context, cancellationToken),
                Examples = BodySchema.Examples(answer.Examples),
            };
        }

        return response;
    }

    private static IOpenApiHeader Header(string rule) => new OpenApiHeader { Description = rule, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    /// <summary>Bytes, or one of several records, each under its name among the components.</summary>
    private static async Task<IOpenApiSchema> SchemaAsync(AnswerDoc answer, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (answer.Bodies.IsEmpty)
        {
            return new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
        }

        var schemas = new List<IOpenApiSchema>();
        foreach (var body in answer.Bodies)
        {
            var id = BodyNames.Of(body);
            context.Document!.AddComponent(id, await context.GetOrCreateSchemaAsync(body, cancellationToken: cancellationToken));
            schemas.Add(new OpenApiSchemaReference(id, context.Document));
        }

        return new OpenApiSchema { AnyOf = schemas };
    }
}
