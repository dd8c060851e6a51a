using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Streaming;

namespace MPilot.Jobs.Providers.Replicate;

/// <summary>Writes what a prediction is created with: all that the call's edit says, by the names of the model, and nothing else.</summary>
internal static class ReplicateRequest
{
    private const string List = "[]";

    /// <summary>Where a prediction of a model is created, below the API's address: a version has no path of its own.</summary>
    public static string PathOf(string model) => HasVersion(model) ? "predictions" : $"models/{model}/predictions";

    /// <param name="call">What to ask for.</param>
    /// <param name="model">What the model calls its inputs.</param>
    /// <param name="links">Where each picture of the edit can be fetched.</param>
    public static JsonObject Body(DriverCall call, ReplicateModel model, IReadOnlyDictionary<EditPicture, string> links)
    {
        var body = new JsonObject();
        if (HasVersion(call.Model))
        {
            body["version"] = call.Model;
        }

        body["input"] = Input(call, model, picture => links[picture]);
        return body;
    }

    /// <summary>The inputs, with notes for the pictures.</summary>
    public static IEnumerable<(string Name, string Value)> Shown(DriverCall call, ReplicateModel model)
        => Input(call, model, picture => PictureNote.Of(picture.Artifact)).SelectMany(field => field.Value is JsonArray list
            ? list.Select(item => (field.Key, item!.ToString()))
            : [(field.Key, field.Value!.ToString())]);

    private static bool HasVersion(string model) => model.Contains(':', StringComparison.Ordinal);

    private static JsonObject Input(DriverCall call, ReplicateModel model, Func<EditPicture, string> link)
    {
        var spec = call.Spec;
        var input = new JsonObject();
        foreach (var (parameter, value) in Plain(call, model).Where(field => field.Value is not null))
        {
            input[model.NameOf(parameter)] = value;
        }

        foreach (var (name, value) in Size(spec.Size, model).Concat(spec.Extra.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => (e.Key, Typed(e.Value)))))
        {
            input[name] = value;
        }

        AddPictures(input, model.NameOf(EditParameters.Image), [.. spec.Images.Select(link)]);
        if (spec.Mask is not null)
        {
            AddPictures(input, model.NameOf(EditParameters.Mask), [link(spec.Mask)]);
        }

        return input;
    }

    private static IEnumerable<(string Parameter, JsonNode? Value)> Plain(DriverCall call, ReplicateModel model) =>
    [
        (EditParameters.Prompt, call.Spec.Prompt),
        (EditParameters.Count, call.Count > 1 || model.Fields.ContainsKey(EditParameters.Count) ? call.Count : null),
        (EditParameters.OutputFormat, call.Spec.OutputFormat == "jpeg" ? "jpg" : call.Spec.OutputFormat),
        (EditParameters.OutputCompression, call.Spec.OutputCompression),
        (EditParameters.Seed, call.Spec.Seed),
        (EditParameters.InferenceSteps, call.Spec.InferenceSteps),
        (EditParameters.NegativePrompt, call.Spec.NegativePrompt),
        (EditParameters.Quality, call.Spec.Quality),
        (EditParameters.Background, model.Fields.ContainsKey(EditParameters.Background) ? call.Spec.Background : null),
        (EditParameters.InputFidelity, call.Spec.InputFidelity),
        (EditParameters.User, call.Spec.User),
    ];

    /// <summary>A model without a field for it makes what its picture is like.</summary>
    private static IEnumerable<(string Name, JsonNode? Value)> Size(PictureSize? size, ReplicateModel model)
    {
        if (size is not { } wanted || !model.Fields.TryGetValue(EditParameters.Size, out var field))
        {
            return Constants(model.WithoutSize);
        }

        var sides = field.Split(',');
        return Constants(model.WithSize).Concat(
            sides is [var width, var height] ? [(width, wanted.Width), (height, wanted.Height)] : [(field, RatioOf(wanted))]);
    }

    private static IEnumerable<(string Name, JsonNode? Value)> Constants(ImmutableDictionary<string, string> constants)
        => constants.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => (c.Key, (JsonNode?)c.Value));

    private static string RatioOf(PictureSize size)
    {
        if (ReplicateModels.Proportions.FirstOrDefault(p => p.Size == size).Ratio is { } named)
        {
            return named;
        }

        var divisor = (int)System.Numerics.BigInteger.GreatestCommonDivisor(size.Width, size.Height);
        return string.Create(CultureInfo.InvariantCulture, $"{size.Width / divisor}:{size.Height / divisor}");
    }

    private static void AddPictures(JsonObject input, string field, ImmutableArray<string> links)
    {
        if (field.EndsWith(List, StringComparison.Ordinal))
        {
            input[field[..^List.Length]] = new JsonArray([.. links.Select(link => (JsonNode)link)]);
        }
        else
        {
            input[field] = links[0];
        }
    }

    /// <summary>Forms know only texts; the inputs of models are typed.</summary>
    private static JsonNode? Typed(string text)
        => bool.TryParse(text, out var flag) ? flag
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole
            : decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number
            : text;
}
