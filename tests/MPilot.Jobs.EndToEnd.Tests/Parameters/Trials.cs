namespace MPilot.Jobs.EndToEnd.Tests.Parameters;

/// <summary>Every parameter there is, with the values that tell models apart.</summary>
internal static class Trials
{
    public static readonly IReadOnlyList<Trial> All =
    [
        new("prompt", "prompt") { Told = c => c.Fields.ContainsKey("prompt") },
        new("image turned by EXIF", "image") { Turned = true, Shown = a => a.Calls.Count > 0 ? a.Calls.All(IsUpright) : a.HasSize(48, 64) || a.HasSize(96, 96) },
        new("image, two of them", "image") { More = 1, Told = c => c.Parts.Count(p => p.Name == "image[]") == 2 },
        new("mask", "mask") { Mask = true, Shown = KeepsTheRim },
        new("mask_polarity=white", "mask_polarity", ("mask_polarity", "white")) { Mask = true, Opaque = true, Shown = KeepsTheRim },
        new("type=inpainting", "type", ("type", "inpainting")) { Mask = true, Told = c => c.Parts.Any(p => p.Name == "mask"), Shown = KeepsTheRim },
        new("type=outpainting", "type", ("type", "outpainting"), ("size", "1024x1024")) { Shown = a => a.HasSize(1024, 1024) && KeepsTheMiddle(a) },
        new("type=background_removal", "type", ("type", "background_removal")) { Shown = a => a.IsTransparent || a.Calls.Any(AsksForTransparency) },
        new("n=2", "n", ("n", "2")) { Shown = a => a.Pictures == 2 },
        new("size=1024x1024", "size", ("size", "1024x1024")) { Shown = a => a.HasSize(1024, 1024) },
        new("size=300x200", "size", ("size", "300x200")) { Shown = a => a.HasSize(300, 200) },
        new("response_format=url", "response_format", ("response_format", "url")) { Shown = a => (string?)a.Json["data"]![0]!["url"] is not null },
        new("stream=true", "stream", ("stream", "true")) { Shown = a => a.Text.Contains("event: image_edit.completed", StringComparison.Ordinal) },
        new("partial_images=2", "partial_images", ("stream", "true"), ("partial_images", "2")),
        new("background=transparent", "background", ("background", "transparent")) { Shown = a => a.IsTransparent },
        new("background=opaque", "background", ("background", "opaque")) { Shown = a => !a.IsTransparent },
        new("input_fidelity=high", "input_fidelity", ("input_fidelity", "high")),
        new("quality=high", "quality", ("quality", "high")),
        new("quality=max", "quality", ("quality", "max")),
        new("output_format=webp", "output_format", ("output_format", "webp")) { Shown = a => a.IsEncodedAs("webp") },
        new("output_format=jpeg", "output_format", ("output_format", "jpeg")) { Shown = a => a.IsEncodedAs("jpeg") },
        new("output_compression=10", "output_compression", ("output_format", "webp"), ("output_compression", "10")) { Shown = a => a.IsEncodedAs("webp") },
        new("num_inference_steps=20", "num_inference_steps", ("num_inference_steps", "20")),
        new("seed=7", "seed", ("seed", "7")),
        new("negative_prompt", "negative_prompt", ("negative_prompt", "no red")),
        new("user", "user", ("user", "u-1")),
        new("moderation=low (not ours)", "moderation", ("moderation", "low")),
        new("strength=0.5 (not ours)", "strength", ("strength", "0.5")),
    ];

    private static bool IsUpright(Simulators.Ledgers.CallRecord call) => call.Parts.All(p => p.Height > p.Width);

    private static bool AsksForTransparency(Simulators.Ledgers.CallRecord call) => call.Fields.GetValueOrDefault("background") == "transparent";

    /// <summary>The masks mark the middle of the picture.</summary>
    private static bool KeepsTheRim(TrialAnswer answer) => answer.Picture is var picture && picture[0, 0].SequenceEqual(TrialRequest.Picture[0, 0]);

    private static bool KeepsTheMiddle(TrialAnswer answer)
        => answer.Picture is var picture
            && picture[512, 512].SequenceEqual(TrialRequest.Picture[TrialRequest.Picture.Width / 2, TrialRequest.Picture.Height / 2]);
}
