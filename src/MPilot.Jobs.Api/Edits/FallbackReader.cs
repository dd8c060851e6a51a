using System.Collections.Immutable;
using System.Text.Json;

using MPilot.Jobs.Api.Errors;

namespace MPilot.Jobs.Api.Edits;

/// <summary>
/// Reads <c>fallbacks</c> in all the shapes clients send: the field repeated, <c>fallbacks[]</c>, <c>fallbacks[N]</c>,
/// <c>fallbacks[][provider]</c> with <c>fallbacks[][model]</c>, or one JSON array of texts or objects.
/// </summary>
internal static class FallbackReader
{
    /// <summary>Most entries there may be.</summary>
    public const int MaxEntries = 16;
    private const string Provider = "provider";
    private const string Model = "model";

    /// <summary>The entries in order, as <c>provider/model</c>.</summary>
    public static ImmutableArray<string> Read(EditForm form)
    {
        var entries = ImmutableArray.CreateBuilder<string>();
        var pairs = new FallbackPairs();
        foreach (var (name, value) in form.Fields.Where(f => EditFields.Root(f.Name) == EditFields.Fallbacks))
        {
            if (!TryReadPart(name, out var index, out var part))
            {
                Bad(form.Mistakes, "has a name that cannot be read");
            }
            else if (part.Length > 0)
            {
                AddPart(pairs, entries, index, part, value, form.Mistakes);
            }
            else
            {
                AddValue(entries, value, form.Mistakes);
            }
        }

        if (!pairs.AreComplete)
        {
            Bad(form.Mistakes, "needs both provider and model");
        }

        pairs.Fill(entries);
        if (entries.Count > MaxEntries)
        {
            form.Mistakes.Invalid(EditFields.Fallbacks, $"fallbacks may have at most {MaxEntries} entries.");
        }

        if (entries.Any(e => e.Length > EditFields.MaxModelLength))
        {
            Bad(form.Mistakes, "is too long");
        }

        return entries.ToImmutable();
    }

    private static void AddPart(
        FallbackPairs pairs, ImmutableArray<string>.Builder entries, string index, string part, string value, Mistakes mistakes)
    {
        switch (part)
        {
            case Provider:
                pairs.SetProvider(index, value, entries);
                break;
            case Model:
                pairs.SetModel(index, value, entries);
                break;
            default:
                Override(mistakes);
                break;
        }
    }

    private static void AddValue(ImmutableArray<string>.Builder entries, string value, Mistakes mistakes)
    {
        if (value[0] is not ('[' or '{'))
        {
            entries.Add(value);
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(value);
            var root = document.RootElement;
            foreach (var entry in root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().ToList() : [root])
            {
                AddEntry(entries, entry, mistakes);
            }
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            Bad(mistakes, "is not valid JSON");
        }
    }

    private static void AddEntry(ImmutableArray<string>.Builder entries, JsonElement entry, Mistakes mistakes)
    {
        switch (entry.ValueKind)
        {
            case JsonValueKind.String when entry.GetString() is { Length: > 0 } text:
                entries.Add(text);
                break;
            case JsonValueKind.Object when Text(entry, Provider) is { } provider && Text(entry, Model) is { } model:
                entries.Add($"{provider}/{model}");
                if (entry.EnumerateObject().Any(p => p.Name is not (Provider or Model)))
                {
                    Override(mistakes);
                }

                break;
            default:
                Bad(mistakes, "must be a text or an object with provider and model");
                break;
        }
    }

    private static string? Text(JsonElement entry, string name)
        => entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>Splits <c>fallbacks</c>, <c>fallbacks[index]</c> and <c>fallbacks[index][part]</c>.</summary>
    private static bool TryReadPart(string name, out string index, out string part)
    {
        index = part = "";
        if (name == EditFields.Fallbacks)
        {
            return true;
        }

        var inner = name[EditFields.Fallbacks.Length..];
        if (inner[^1] != ']')
        {
            return false;
        }

        var pieces = inner[1..^1].Split("][");
        index = pieces[0];
        part = pieces.Length > 1 ? pieces[1] : "";
        return pieces.Length <= 2 && index.All(char.IsAsciiDigit) && (pieces.Length == 1 || part.Length > 0);
    }

    private static void Bad(Mistakes mistakes, string what) => mistakes.Invalid(EditFields.Fallbacks, $"An entry of fallbacks {what}.");

    private static void Override(Mistakes mistakes)
        => mistakes.Unsupported(EditFields.Fallbacks, "Entries of fallbacks may have provider and model only: overriding other fields is not supported.");
}
