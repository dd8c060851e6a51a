using System.Globalization;
using System.Text.Json.Nodes;

namespace MPilot.Jobs.Simulators.Replicate;

/// <summary>What is wrong with the inputs of a prediction.</summary>
internal static class ReplicateInputRules
{
    /// <summary>Longest data URL; larger files are to be links.</summary>
    private const int MaxDataUrl = 256 * 1024;

    /// <returns>One line for each mistake, by the name of its input.</returns>
    public static IEnumerable<(string Field, string Mistake)> Mistakes(ReplicateModel model, JsonObject input)
    {
        foreach (var (name, _) in input.Where(field => model.Inputs.All(known => known.Name != field.Key)))
            yield return (name, $"Additional property {name} is not allowed");
        foreach (var known in model.Inputs)
        {
            if (input[known.Name] is not { } value)
            {
                if (known.IsRequired) yield return (known.Name, $"{known.Name} is required");
            }
            else if (Mistake(known, value) is { } mistake)
            {
                yield return (known.Name, mistake);
            }
        }
    }

    /// <summary>The links of a picture input.</summary>
    public static IEnumerable<string> Links(JsonNode value) =>
        value is JsonArray several ? several.Select(one => one!.GetValue<string>()) : [value.GetValue<string>()];

    private static string? Mistake(ReplicateInput known, JsonNode value) => known.Kind switch
    {
        ReplicateInputKind.Picture => value is JsonValue one && one.TryGetValue<string>(out var link) ? LinkMistake(link) : "Invalid type. Expected: string",
        ReplicateInputKind.Pictures => value is JsonArray several ? PicturesMistake(known, several) : "Invalid type. Expected: array",
        ReplicateInputKind.Flag => value is JsonValue flag && flag.TryGetValue<bool>(out _) ? null : "Invalid type. Expected: boolean",
        ReplicateInputKind.Text => value is JsonValue text && text.TryGetValue<string>(out var said) ? ValueMistake(known, said) : "Invalid type. Expected: string",
        _ => NumberMistake(known, value),
    };

    private static string? PicturesMistake(ReplicateInput known, JsonArray several)
    {
        if (several.Any(one => one is not JsonValue link || !link.TryGetValue<string>(out _))) return "Invalid type. Expected: string";
        return several.Count > known.Max ? $"Array must have at most {known.Max} items" : Links(several).Select(LinkMistake).FirstOrDefault(mistake => mistake is not null);
    }

    private static string? LinkMistake(string link)
    {
        if (link.StartsWith("data:", StringComparison.Ordinal)) return link.Length <= MaxDataUrl ? null : "Data URLs must not be larger than 256kb";
        return Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? null : "Does not match format 'uri'";
    }

    private static string? ValueMistake(ReplicateInput known, string said) =>
        known.Values is null || known.Values.Contains(said) ? null : $"must be one of the following: {string.Join(", ", known.Values.Select(one => $"\"{one}\""))}";

    private static string? NumberMistake(ReplicateInput known, JsonNode value)
    {
        var isWhole = known.Kind == ReplicateInputKind.Whole;
        if (value is not JsonValue number || !double.TryParse(number.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) || (isWhole && amount % 1 != 0))
            return $"Invalid type. Expected: {(isWhole ? "integer" : "number")}";
        if (amount < known.Min) return $"Must be greater than or equal to {known.Min}";
        return amount > known.Max ? $"Must be less than or equal to {known.Max}" : null;
    }
}
