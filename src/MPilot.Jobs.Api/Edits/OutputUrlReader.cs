using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Net;

namespace MPilot.Jobs.Api.Edits;

/// <summary>
/// Reads <c>output_url</c>, a URL for each picture, in the shapes clients send lists in: the field repeated, <c>output_url[]</c>, <c>output_url[N]</c>, or
/// one JSON array of texts. Nothing of a URL is in what is said about it: they are secrets.
/// </summary>
internal static class OutputUrlReader
{
    private const string Shape = "output_url must be a URL, or one for each picture: the field repeated, output_url[], output_url[N] or an array of texts.";

    /// <summary>The URLs in the order of the pictures; empty where there are none.</summary>
    /// <param name="form">Its fields, and where mistakes go.</param>
    /// <param name="count">How many pictures there will be.</param>
    /// <param name="options">What the operator allows.</param>
    public static ImmutableArray<string> Read(EditForm form, int count, BucketsOptions options)
    {
        var fields = form.Fields.Where(f => EditFields.Root(f.Name) == EditFields.OutputUrl).ToList();
        if (fields.Count == 0)
        {
            return [];
        }

        if (TextsOf(fields) is not { } texts)
        {
            form.Mistakes.Invalid(EditFields.OutputUrl, Shape);
            return [];
        }

        var urls = texts.Select(text => (Refusal: BucketUrl.Refusal(text, options, out var url), Url: url?.AbsoluteUri)).ToList();
        if ((Mistaken(urls.Count, count) ?? urls.Select(u => Mistaken(u.Refusal)).FirstOrDefault(m => m is not null) ?? Repeated(urls.Select(u => u.Url))) is { } mistake)
        {
            form.Mistakes.Invalid(EditFields.OutputUrl, mistake);
            return [];
        }

        return [.. urls.Select(u => u.Url!)];
    }

    private static string? Mistaken(int got, int wanted)
        => got == wanted ? null : string.Create(CultureInfo.InvariantCulture, $"output_url must be given once for each picture: n is {wanted}, got {got}.");

    private static string? Mistaken(string? refusal) => refusal is null ? null : $"The URL {refusal}.";

    /// <summary>The last picture would be the only one there.</summary>
    private static string? Repeated(IEnumerable<string?> urls)
        => urls.Distinct(StringComparer.Ordinal).Count() == urls.Count() ? null : "output_url must be another for each picture.";

    /// <summary>The texts in order; <c>null</c> where they have none.</summary>
    private static List<string>? TextsOf(List<FormField> fields)
    {
        if (fields.TrueForAll(f => f.Name is EditFields.OutputUrl or EditFields.OutputUrl + "[]"))
        {
            return fields is [{ Value: ['[', ..] json }] ? FromJson(json) : fields.ConvertAll(f => f.Value);
        }

        var numbered = new SortedDictionary<int, string>();
        var isInOrder = fields.TrueForAll(f => NumberOf(f.Name) is { } number && numbered.TryAdd(number, f.Value));
        return isInOrder ? [.. numbered.Values] : null;
    }

    private static int? NumberOf(string name)
        => name[^1] == ']' && int.TryParse(name.AsSpan(EditFields.OutputUrl.Length..^1).TrimStart('['), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static List<string>? FromJson(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var items = document.RootElement.EnumerateArray().ToList();
            return items.TrueForAll(i => i.ValueKind == JsonValueKind.String) ? items.ConvertAll(i => i.GetString()!) : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
