using System.Globalization;
using MPilot.Jobs.Simulators.Uploads;

namespace MPilot.Jobs.Simulators.OpenAi;

/// <summary>What the text fields must be. Each rule names the first field it refuses, or nothing.</summary>
internal static class OpenAiFieldRules
{
    private const int MaxPromptCharacters = 32_000;

    private static readonly string[] Texts =
    [
        "prompt", "model", "n", "size", "quality", "background", "input_fidelity", "output_format", "output_compression", "stream", "partial_images", "user",
        "safety_identifier",
    ];

    private static readonly string[] Extras = ["complexity", "frame_count", "frame_duration_ms"];
    private static readonly string[] Files = ["image", "image[]", "mask"];

    public static OpenAiRefusal? Names(Upload upload, OpenAiModel model)
    {
        foreach (var name in upload.Order)
        {
            var text = Texts.Contains(name) || (model.HasExtras && Extras.Contains(name));
            var file = Files.Contains(name) || (model.HasExtras && name == "markup");
            if (!text && !file) return OpenAiRefusal.Unknown(name);
            if (name != "image[]" && upload.Order.Count(other => other == name) > 1) return OpenAiRefusal.Repeated(name);
            if (text && !upload.Fields.ContainsKey(name)) return OpenAiRefusal.Type400(name, "a string", "a file");
            if (file && upload.Fields.ContainsKey(name)) return OpenAiRefusal.Type400(name, "a file", "a string");
        }
        return null;
    }

    public static OpenAiRefusal? Prompt(Upload upload) => upload.Text("prompt") switch
    {
        null or "" => OpenAiRefusal.Missing("prompt"),
        { Length: > MaxPromptCharacters } long1 => new(
            400, $"Invalid 'prompt': string too long. Expected a string with maximum length {MaxPromptCharacters}, but got a string with length {long1.Length} instead.",
            "string_above_max_length", "prompt"),
        _ => null,
    };

    public static OpenAiRefusal? Choices(Upload upload, OpenAiModel model)
    {
        if (upload.Text("input_fidelity") is not null && model.Fidelities.Length == 0)
            return new(400, $"The model '{model.Name}' does not support the 'input_fidelity' parameter.", "invalid_input_fidelity_model", "input_fidelity");
        return Choice(upload, "quality", model.Qualities)
            ?? Choice(upload, "background", ["auto", "transparent", "opaque"])
            ?? Choice(upload, "input_fidelity", model.Fidelities)
            ?? Choice(upload, "output_format", model.Formats)
            ?? Choice(upload, "stream", ["true", "false"])
            ?? Choice(upload, "complexity", ["low", "medium", "high"]);
    }

    public static OpenAiRefusal? Numbers(Upload upload) =>
        Number(upload, "n", 1, 10) ?? Number(upload, "output_compression", 0, 100) ?? Number(upload, "partial_images", 0, 3)
        ?? Number(upload, "frame_count", 2, 16) ?? Number(upload, "frame_duration_ms", 20, 65_535);

    public static OpenAiRefusal? Combinations(Upload upload)
    {
        var format = upload.Text("output_format") ?? "png";
        if (upload.Text("background") == "transparent" && format is not ("png" or "webp"))
            return OpenAiRefusal.Invalid("background", "Transparent backgrounds need an output_format of 'png' or 'webp'.");
        if (upload.Text("output_compression") is not null && format is not ("jpeg" or "webp"))
            return OpenAiRefusal.Invalid("output_compression", "Compression is only supported for an output_format of 'jpeg' or 'webp'.");
        if (upload.Text("stream") == "true" && Integer(upload, "n", 1) > 1) return new(400, "Streaming is only supported with n=1.");
        return Animation(upload, format);
    }

    public static int Integer(Upload upload, string name, int otherwise) =>
        upload.Text(name) is { } text ? int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : otherwise;

    private static OpenAiRefusal? Animation(Upload upload, string format)
    {
        string[] frames = ["frame_count", "frame_duration_ms"];
        if (format != "gif") return Array.Find(frames, upload.Fields.ContainsKey) is { } alone ? OpenAiRefusal.Invalid(alone, $"'{alone}' needs an output_format of 'gif'.") : null;
        if (upload.Text("stream") == "true" || Integer(upload, "partial_images", 0) > 0) return OpenAiRefusal.Invalid("stream", "Animations cannot be streamed.");
        return upload.Order.Contains("mask") ? OpenAiRefusal.Invalid("mask", "Animations cannot be masked.") : null;
    }

    private static OpenAiRefusal? Choice(Upload upload, string name, string[] supported) =>
        upload.Text(name) is { } value && !supported.Contains(value) ? OpenAiRefusal.Unsupported(name, value, supported) : null;

    private static OpenAiRefusal? Number(Upload upload, string name, int least, int most)
    {
        if (upload.Text(name) is not { } text) return null;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)) return OpenAiRefusal.Type400(name, "an integer", "a string");
        if (value < least) return new(400, $"Invalid '{name}': integer below minimum value. Expected a value >= {least}, but got {value} instead.", "integer_below_min_value", name);
        return value > most ? new(400, $"Invalid '{name}': integer above maximum value. Expected a value <= {most}, but got {value} instead.", "integer_above_max_value", name) : null;
    }
}
