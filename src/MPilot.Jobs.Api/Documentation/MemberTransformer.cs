using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace MPilot.Jobs.Api.Documentation;

/// <summary>Says of each member of a body whether it is always there: what is <c>null</c> is left out, never written.</summary>
internal sealed class MemberTransformer : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (schema.Properties is not { Count: > 0 } properties)
        {
            return Task.CompletedTask;
        }

        var members = context.JsonTypeInfo.Properties;
        schema.Required = members
            .Where(m => !m.IsGetNullable && Nullable.GetUnderlyingType(m.PropertyType) is null)
            .Select(m => m.Name)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var (name, member) in properties.ToList())
        {
            properties[name] = WithoutNull(member);
        }

        return Task.CompletedTask;
    }

    /// <summary>A record that may be absent is generated as one of null and the record, anything else as a type or null.</summary>
    private static IOpenApiSchema WithoutNull(IOpenApiSchema member)
    {
        if (member.OneOf is [{ Type: JsonSchemaType.Null }, var only])
        {
            return only;
        }

        if (member is OpenApiSchema { Type: { } type } schema)
        {
            schema.Type = type & ~JsonSchemaType.Null;
        }

        return member;
    }
}
