using MPilot.Jobs.Simulators.Pictures;
using static MPilot.Jobs.Simulators.Replicate.ReplicateInputKind;

namespace MPilot.Jobs.Simulators.Replicate;

/// <summary>A model and its inputs, as its page shows them.</summary>
/// <param name="Name"><c>owner/name</c>.</param>
/// <param name="Version">Of a community model, which is run by version only; official ones have none.</param>
internal sealed record ReplicateModel(string Name, string? Version, PictureFormat DefaultFormat, ReplicateInput[] Inputs)
{
    private static readonly string[] Ratios = ["match_input_image", "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "4:5", "5:4", "21:9", "9:21"];
    private static readonly ReplicateInput Prompt = new("prompt", Text, IsRequired: true);
    private static readonly ReplicateInput Seed = new("seed", Whole);
    private static readonly ReplicateInput Upsampling = new("prompt_upsampling", Flag);

    /// <summary>Whether the output is a list even of one.</summary>
    public bool MakesList { get; init; }

    /// <summary>Whether what it makes is transparent.</summary>
    public bool IsTransparent { get; init; }

    public static readonly IReadOnlyList<ReplicateModel> All =
    [
        Kontext("black-forest-labs/flux-kontext-pro"),
        Kontext("black-forest-labs/flux-kontext-max"),
        new("black-forest-labs/flux-fill-pro", null, PictureFormat.Jpeg,
        [
            Prompt, Seed, Upsampling, .. Area(), new("outpaint", Text), new("steps", Whole, Min: 1, Max: 50), new("guidance", Number, Min: 1.5, Max: 100),
            new("safety_tolerance", Whole, Min: 1, Max: 6), Format("jpg", "png"),
        ]),
        new("black-forest-labs/flux-fill-dev", null, PictureFormat.Webp,
        [
            Prompt, Seed, .. Area(), new("num_outputs", Whole, Min: 1, Max: 4), new("num_inference_steps", Whole, Min: 1, Max: 50), new("guidance", Number, Min: 0, Max: 100),
            Format("webp", "jpg", "png"), Quality(), new("disable_safety_checker", Flag),
        ]) { MakesList = true },
        Flux2("black-forest-labs/flux-2-pro"),
        Flux2("black-forest-labs/flux-2-max"),
        Flux2("black-forest-labs/flux-2-flex", new("steps", Whole, Min: 1, Max: 50), new("guidance", Number, Min: 1.5, Max: 10)),
        new("google/nano-banana-pro", null, PictureFormat.Jpeg,
        [
            Prompt, new("image_input", ReplicateInputKind.Pictures, Max: 14), Ratio(), new("resolution", Text, Values: ["1K", "2K", "4K"]), Format("jpg", "png"),
            new("safety_filter_level", Text, Values: ["block_low_and_above", "block_medium_and_above", "block_only_high"]),
        ]),
        new("bria/remove-background", null, PictureFormat.Png,
            [new("image", Picture), new("image_url", Text), new("preserve_partial_alpha", Flag), new("content_moderation", Flag)]) { IsTransparent = true },
        new("851-labs/background-remover", "a029dff38972b5fda4ec5d75d7d1cd25aeff621d2cf4946a41055d7db66b80bc", PictureFormat.Png,
        [
            new("image", Picture, IsRequired: true), new("threshold", Number, Min: 0, Max: 1), new("reverse", Flag), new("background_type", Text), new("format", Text),
        ]) { IsTransparent = true },
    ];

    /// <summary>An official model by name.</summary>
    public static ReplicateModel? Official(string name) => All.FirstOrDefault(model => model.Name == name && model.Version is null);

    /// <summary>A model by what stands in <c>version</c>: a bare version, a model with its version, or an official model.</summary>
    public static ReplicateModel? OfVersion(string version) =>
        All.FirstOrDefault(model => model.Version is { } own && (version == own || version == $"{model.Name}:{own}")) ?? Official(version);

    private static ReplicateModel Kontext(string name) => new(name, null, PictureFormat.Png,
        [Prompt, new("input_image", Picture), Ratio("2:1", "1:2"), Upsampling, Seed, Format("jpg", "png"), new("safety_tolerance", Whole, Min: 0, Max: 6)]);

    private static ReplicateModel Flux2(string name, params ReplicateInput[] more) => new(name, null, PictureFormat.Webp,
    [
        Prompt, new("input_images", ReplicateInputKind.Pictures, Max: 8), Ratio("custom"), new("resolution", Text, Values: ["match_input_image", "0.5 MP", "1 MP", "2 MP", "4 MP"]),
        new("width", Whole, Min: 256, Max: 2048), new("height", Whole, Min: 256, Max: 2048), Seed, Upsampling, new("safety_tolerance", Whole, Min: 1, Max: 5),
        Format("webp", "jpg", "png"), Quality(), .. more,
    ]);

    private static ReplicateInput[] Area() => [new("image", Picture, IsRequired: true), new("mask", Picture)];

    private static ReplicateInput Ratio(params string[] more) => new("aspect_ratio", Text, Values: [.. Ratios, .. more]);

    private static ReplicateInput Format(params string[] values) => new("output_format", Text, Values: values);

    private static ReplicateInput Quality() => new("output_quality", Whole, Min: 0, Max: 100);
}
