using MPilot.Jobs.Simulators.Pictures;
using MPilot.Jobs.Simulators.Uploads;

namespace MPilot.Jobs.Simulators.OpenAi;

/// <summary>All rules in the order they are applied.</summary>
internal static class OpenAiRules
{
    public static (OpenAiEdit? Edit, OpenAiRefusal? Refusal) Check(Upload upload)
    {
        var name = upload.Text("model") ?? OpenAiModel.Default;
        if (OpenAiModel.Find(name) is not { } model) return (null, OpenAiRefusal.Model(name));
        var refusal = OpenAiFieldRules.Names(upload, model)
            ?? OpenAiFieldRules.Prompt(upload)
            ?? OpenAiFieldRules.Choices(upload, model)
            ?? OpenAiFieldRules.Numbers(upload)
            ?? OpenAiFieldRules.Combinations(upload)
            ?? OpenAiSizeRule.Check(upload.Text("size") ?? "auto", model)
            ?? OpenAiFileRules.Check(upload);
        return refusal is null ? (Accept(upload, model), null) : (null, refusal);
    }

    private static OpenAiEdit Accept(Upload upload, OpenAiModel model)
    {
        var n = OpenAiFieldRules.Integer(upload, "n", 1);
        var (width, height) = OpenAiSizeRule.Parse(upload.Text("size") ?? "auto")!.Value;
        var quality = Settled(upload.Text("quality"), "medium");
        var files = OpenAiFileRules.Images(upload).Concat(upload.Files.Where(file => file.Name is "mask" or "markup"));
        return new OpenAiEdit(
            model, n, width, height, quality, Settled(upload.Text("background"), "opaque"), Enum.Parse<PictureFormat>(upload.Text("output_format") ?? "png", ignoreCase: true),
            upload.Text("stream") == "true", OpenAiFieldRules.Integer(upload, "partial_images", 0),
            OpenAiUsage.Of(upload.Text("prompt")!, files, quality, (long)width * height * n),
            OpenAiFieldRules.Integer(upload, "frame_count", 1), OpenAiFieldRules.Integer(upload, "frame_duration_ms", 100));
    }

    /// <summary>The answer names what "auto" became.</summary>
    private static string Settled(string? asked, string auto) => asked is null or "auto" ? auto : asked;
}
