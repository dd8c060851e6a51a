using System.Text.Json;

namespace MPilot.Jobs.Api.Tests.Documentation;

/// <summary>Holds JSON against a schema of the document: types, members known and required, choices, <c>allOf</c>, <c>anyOf</c> and <c>oneOf</c>.</summary>
internal sealed class SchemaCheck(JsonElement document)
{
    /// <summary>What does not fit, each with its path; empty when all does.</summary>
    public IReadOnlyList<string> Misfits(JsonElement value, JsonElement schema)
    {
        var misfits = new List<string>();
        Check(value, schema, "$", misfits);
        return misfits;
    }

    /// <summary>The schema itself, wherever it stands.</summary>
    public JsonElement Resolve(JsonElement schema)
    {
        while (schema.TryGetProperty("$ref", out var reference))
        {
            var at = document;
            foreach (var name in reference.GetString()!.Split('/').Skip(1))
            {
                at = at.GetProperty(name);
            }

            schema = at;
        }

        return schema;
    }

    private void Check(JsonElement value, JsonElement reference, string path, List<string> misfits)
    {
        var schema = Resolve(reference);
        if (schema.TryGetProperty("allOf", out var all))
        {
            foreach (var each in all.EnumerateArray())
            {
                Check(value, each, path, misfits);
            }

            return;
        }

        if (schema.TryGetProperty("anyOf", out var any) || schema.TryGetProperty("oneOf", out any))
        {
            if (!any.EnumerateArray().Any(s => Misfits(value, s).Count == 0))
            {
                misfits.Add($"{path} fits none of anyOf");
            }

            return;
        }

        // A schema that says nothing fits everything.
        if (!schema.TryGetProperty("type", out _))
        {
            return;
        }

        if (!Types(schema).Contains(TypeOf(value)) && !(TypeOf(value) == "integer" && Types(schema).Contains("number")))
        {
            misfits.Add($"{path} is {TypeOf(value)}, not {string.Join('|', Types(schema))}");
            return;
        }

        if (schema.TryGetProperty("enum", out var choices) && choices.EnumerateArray().All(c => c.GetRawText() != value.GetRawText()))
        {
            misfits.Add($"{path} is none of {choices.GetRawText()}");
        }

        CheckItems(value, schema, path, misfits);
        CheckMembers(value, schema, path, misfits);
    }

    private void CheckItems(JsonElement value, JsonElement schema, string path, List<string> misfits)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (var (item, index) in value.EnumerateArray().Select((item, index) => (item, index)))
        {
            Check(item, schema.GetProperty("items"), $"{path}[{index}]", misfits);
        }
    }

    private void CheckMembers(JsonElement value, JsonElement schema, string path, List<string> misfits)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (schema.TryGetProperty("required", out var required))
        {
            misfits.AddRange(required.EnumerateArray().Where(r => !value.TryGetProperty(r.GetString()!, out _)).Select(r => $"{path}.{r} is missing"));
        }

        foreach (var member in value.EnumerateObject())
        {
            var here = $"{path}.{member.Name}";
            if (schema.TryGetProperty("properties", out var known) && known.TryGetProperty(member.Name, out var inner))
            {
                Check(member.Value, inner, here, misfits);
            }
            else if (schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.Object)
            {
                Check(member.Value, others, here, misfits);
            }
            else
            {
                misfits.Add($"{here} is not known");
            }
        }
    }

    private static string[] Types(JsonElement schema) => schema.GetProperty("type") is var type && type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(t => t.GetString()!)]
        : [type.GetString()!];

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };
}
