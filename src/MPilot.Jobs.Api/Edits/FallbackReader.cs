using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

using MPilot.Jobs.Api.Errors;

namespace MPilot.Jobs.Api.Edits;

/// <summary>
/// Reads <c>fallbacks</c> in all the shapes clients send: the field repeated, <c>fallbacks[]</c>, <c>fallbacks[N]</c>,
/// <c>fallbacks[][provider]</c> with <c>fallbacks[][model]</c>, or one JSON array of texts or objects. Members besides provider and model are fields of
/// the edit that the entry overrides.
/// </summary>
internal static class FallbackReader
{
    /// <summary>Most entries there may be.</summary>
    public const int MaxEntries = 16;
    private const string Provider = "provider";
    private const string Model = "model";

    /// <summary>The entries in order, no more than there may be.</summary>
    public static ImmutableArray<FallbackEntry> Read(EditForm form)
    {
        var entries = new FallbackEntries();
        var seen = new HashSet<(int Number, string Part)>();
        foreach (var (name, value) in form.Fields.Where(f => EditFields.Root(f.Name) == EditFields.Fallbacks))
        {
            if (!TryReadPart(name, out var number, out var part))
            {
                Bad(form.Mistakes, "has a name that cannot be read");
            }
            else if (number is { } one && !seen.Add((one, part)))
            {
                Bad(form.Mistakes, "is given more than once");
            }
            else if (part.Length > 0)
            {
                AddPart(entries, number, part, value);
            }
            else
            {
                AddValue(entries, number, value, form.Mistakes);
            }
        }

        return Checked(entries, form.Mistakes);
    }

    private static ImmutableArray<FallbackEntry> Checked(FallbackEntries entries, Mistakes mistakes)
    {
        if (!entries.AreComplete)
        {
            Bad(mistakes, "needs both provider and model");
        }

        var all = entries.InOrder();
        if (all.Length > MaxEntries)
        {
            mistakes.Invalid(EditFields.Fallbacks, $"fallbacks may have at most {MaxEntries} entries.");
        }

        if (all.Any(e => e.Model.Length > EditFields.MaxModelLength))
        {
            Bad(mistakes, "is too long");
        }

        if (all.Any(e => e.Model.Any(char.IsControl)))
        {
            Bad(mistakes, "has characters that are in no model's name");
        }

        return [.. all.Take(MaxEntries)];
    }

    private static void AddPart(FallbackEntries entries, int? number, string name, string value)
    {
        switch (name)
        {
            case Provider:
                entries.SetProvider(number, value);
                break;
            case Model:
                entries.SetModel(number, value);
                break;
            default:
                entries.Override(number, name, value);
                break;
        }
    }

    private static void AddValue(FallbackEntries entries, int? number, string value, Mistakes mistakes)
    {
        if (value[0] is not ('[' or '{'))
        {
            entries.Add(number, value);
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(value);
            var root = document.RootElement;
            foreach (var entry in root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().ToList() : [root])
            {
                AddEntry(entries, number, entry, mistakes);
            }
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            Bad(mistakes, "is not valid JSON");
        }
    }

    private static void AddEntry(FallbackEntries entries, int? number, JsonElement entry, Mistakes mistakes)
    {
        switch (entry.ValueKind)
        {
            case JsonValueKind.String when entry.GetString() is { Length: > 0 } text:
                entries.Add(number, text);
                break;
            case JsonValueKind.Object when Text(entry, Provider) is { } provider && Text(entry, Model) is { } model:
                var draft = entries.Add(number, $"{provider}/{model}");
                foreach (var member in entry.EnumerateObject().Where(p => p.Name is not (Provider or Model)))
                {
                    draft.Override(member.Name, member.Value);
                }

                break;
            default:
                Bad(mistakes, "must be a text or an object with provider and model");
                break;
        }
    }

    private static string? Text(JsonElement entry, string name)
        => entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>Splits <c>fallbacks</c>, <c>fallbacks[number]</c> and <c>fallbacks[number][part]</c>; the number may be left out.</summary>
    private static bool TryReadPart(string name, out int? number, out string part)
    {
        (number, part) = (null, "");
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
        part = pieces.Length > 1 ? pieces[1] : "";
        return pieces.Length <= 2 && TryReadNumber(pieces[0], out number) && (pieces.Length == 1 || part.Length > 0);
    }

    private static bool TryReadNumber(string text, out int? number)
    {
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var read) && text.All(char.IsAsciiDigit);
        number = isNumber ? read : null;
        return isNumber || text.Length == 0;
    }

    private static void Bad(Mistakes mistakes, string what) => mistakes.Invalid(EditFields.Fallbacks, $"An entry of fallbacks {what}.");
}
