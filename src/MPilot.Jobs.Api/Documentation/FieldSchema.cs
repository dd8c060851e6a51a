using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

using Microsoft.OpenApi;

namespace MPilot.Jobs.Api.Documentation;

/// <summary>The schema of a field.</summary>
internal static class FieldSchema
{
    public static OpenApiSchema Of(FieldDoc field)
    {
        var schema = Bare(field);
        schema.Description = field.Rule;
        return schema;
    }

    private static OpenApiSchema Bare(FieldDoc field) => field.Kind switch
    {
        FieldKind.Integer or FieldKind.Number => new()
        {
            Type = field.Kind == FieldKind.Integer ? JsonSchemaType.Integer : JsonSchemaType.Number,
            Minimum = field.Min?.ToString(CultureInfo.InvariantCulture),
            Maximum = field.Max?.ToString(CultureInfo.InvariantCulture),
        },
        FieldKind.Flag => new() { Type = JsonSchemaType.Boolean },
        FieldKind.Picture => File(),
        FieldKind.Pictures => Several(field, File()),
        FieldKind.Drawn => new() { AllOf = [DrawnSchema.Reference] },
        FieldKind.DrawnSeveral => new() { AnyOf = [DrawnSchema.Reference, Several(field, DrawnSchema.Reference)] },
        FieldKind.Texts => Several(field, Text()),
        FieldKind.TextOrTexts => new() { AnyOf = [Text(), Several(field, Text())] },
        FieldKind.Steps => Several(field, Step(field.Members)),
        FieldKind.Pairs => new() { Type = JsonSchemaType.Object, AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String } },
        _ => new()
        {
            Type = JsonSchemaType.String,
            MaxLength = (int?)field.Max,
            Enum = field.Choices.IsEmpty ? null : [.. field.Choices.Select(c => (JsonNode)c)],
        },
    };

    private static OpenApiSchema Several(FieldDoc field, IOpenApiSchema item)
        => new() { Type = JsonSchemaType.Array, Items = item, MinItems = (int?)field.Min, MaxItems = (int?)field.Max };

    private static OpenApiSchema Step(ImmutableArray<FieldDoc> own)
    {
        string[] members = ["provider", "model"];
        var text = Text();
        var pair = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = members.Select(m => (Name: m, Schema: text)).Concat(own.Select(m => (m.Name, Of(m))))
                .ToDictionary(m => m.Item1, m => (IOpenApiSchema)m.Item2, StringComparer.Ordinal),
            Required = members.ToHashSet(StringComparer.Ordinal),
        };
        return new() { AnyOf = [text, pair] };
    }

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private static OpenApiSchema File() => new() { Type = JsonSchemaType.String, Format = "binary" };
}
