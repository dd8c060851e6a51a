using System.Collections.Immutable;
using System.Text.Json;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Reads <c>metadata</c>: one JSON object of texts, or <c>metadata[key]</c> fields, or both.</summary>
internal static class MetadataReader
{
    private const int MaxPairs = 16;
    private const int MaxKeyLength = 64;
    private const int MaxValueLength = 512;

    public static ImmutableDictionary<string, string> Read(EditForm form)
    {
        var pairs = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var problems = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in form.Fields.Where(f => EditFields.Root(f.Name) == EditFields.Metadata))
        {
            var all = name == EditFields.Metadata ? FromJson(value, problems) : [new(KeyOf(name), value)];
            foreach (var (key, text) in all)
            {
                Add(pairs, key, text, problems);
            }
        }

        if (pairs.Count > MaxPairs)
        {
            problems.Add($"metadata may have at most {MaxPairs} pairs.");
        }

        foreach (var problem in problems)
        {
            form.Mistakes.Invalid(EditFields.Metadata, problem);
        }

        return pairs.ToImmutable();
    }

    private static void Add(ImmutableDictionary<string, string>.Builder pairs, string key, string text, SortedSet<string> problems)
    {
        if (key.Length is 0 or > MaxKeyLength || text.Length > MaxValueLength)
        {
            problems.Add($"metadata keys have 1 to {MaxKeyLength} characters, values at most {MaxValueLength}.");
        }
        else if (!pairs.TryAdd(key, text))
        {
            problems.Add("metadata has a key more than once.");
        }
    }

    private static string KeyOf(string name)
        => name[^1] == ']' ? name[(EditFields.Metadata.Length + 1)..^1] : "";

    private static List<KeyValuePair<string, string>> FromJson(string json, SortedSet<string> problems)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.EnumerateObject().All(p => p.Value.ValueKind == JsonValueKind.String))
            {
                return [.. document.RootElement.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value.GetString()!))];
            }
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // Not JSON, or text that is no Unicode: told below like any other shape that does not fit.
        }

        problems.Add("metadata must be a JSON object whose values are texts.");
        return [];
    }
}
