using System.Collections.Immutable;
using System.Text.Json.Nodes;

using Microsoft.OpenApi;

namespace MPilot.Jobs.Api.Documentation;

/// <summary>Writes a body of the document from its description.</summary>
internal static class BodySchema
{
    public static OpenApiMediaType Of(BodyDoc body)
    {
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = body.Fields.ToDictionary(f => f.Name, f => (IOpenApiSchema)FieldSchema.Of(f), StringComparer.Ordinal),
            Required = body.Fields.Where(f => f.IsRequired).Select(f => f.Name).ToHashSet(StringComparer.Ordinal),
        };

        return body.Examples.IsEmpty
            ? new() { Schema = schema, Example = FieldExamples(body) }
            : new() { Schema = schema, Examples = Examples(body.Examples) };
    }

    /// <summary>Whole bodies by name.</summary>
    public static Dictionary<string, IOpenApiExample>? Examples(ImmutableArray<(string Name, JsonNode Body)> examples)
        => examples.IsEmpty
            ? null
            : examples.ToDictionary(e => e.Name, e => (IOpenApiExample)new OpenApiExample { Value = e.Body.DeepClone() }, StringComparer.Ordinal);

    private static JsonObject FieldExamples(BodyDoc body)
    {
        var example = new JsonObject();
        foreach (var field in body.Fields.Where(f => f.Example is not null))
        {
            example[field.Name] = field.Example!.DeepClone();
        }

        return example;
    }
}
