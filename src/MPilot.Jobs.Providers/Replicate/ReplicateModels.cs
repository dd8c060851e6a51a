using System.Collections.Immutable;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Catalog;
using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Providers.Replicate;

/// <summary>
/// What models at Replicate can do, known without configuration: each has inputs of its own. The last row is for any other model, as far as
/// models resemble each other; <see cref="CapabilityOptions"/> says the rest.
/// </summary>
/// <param name="configured">Changes; the first that matches a model counts.</param>
internal sealed class ReplicateModels(IReadOnlyList<CapabilityOptions> configured)
{
    /// <summary>A size is told by the nearest of these proportions; the pixels are what models of about a megapixel make of them.</summary>
    public static readonly ImmutableArray<(string Ratio, PictureSize Size)> Proportions =
    [
        ("1:1", new(1024, 1024)), ("16:9", new(1344, 768)), ("9:16", new(768, 1344)), ("4:3", new(1184, 864)), ("3:4", new(864, 1184)),
        ("3:2", new(1248, 832)), ("2:3", new(832, 1248)), ("5:4", new(1152, 896)), ("4:5", new(896, 1152)), ("21:9", new(1536, 672)),
    ];

    private const string Matching = "match_input_image";

    private static readonly ModelSizes ToldByRatio = new ModelSizes.Near([.. Proportions.Select(p => p.Size)]);

    private static readonly ImmutableDictionary<string, string> ByRatio = Names((EditParameters.Size, "aspect_ratio"));

    /// <summary>The first row that matches counts, and the last matches everything.</summary>
    public static readonly ImmutableArray<ReplicateModel> Known =
    [
        Kontext(),
        Filler("black-forest-labs/flux-fill-pro*", "guidance", "prompt_upsampling", "safety_tolerance") with
        {
            Fields = Names((EditParameters.InferenceSteps, "steps")),
        },
        Several(Filler("black-forest-labs/flux-fill-*", "guidance")),
        Flux2(),
        Banana("google/nano-banana-pro*", 14, "resolution", "safety_filter_level"),
        Banana("google/nano-banana*", 3),
        Remover("bria/remove-background*", "preserve_partial_alpha", "content_moderation"),
        Remover("851-labs/background-remover*", "threshold"),
        new(Row("*") with { MaxImages = 1, Sizes = new ModelSizes.Near([]) }),
    ];

    /// <summary>Models by name; a community model is named by its version.</summary>
    public static readonly ImmutableArray<string> Named =
    [
        "851-labs/background-remover:a029dff38972b5fda4ec5d75d7d1cd25aeff621d2cf4946a41055d7db66b80bc",
        "black-forest-labs/flux-2-flex", "black-forest-labs/flux-2-max", "black-forest-labs/flux-2-pro",
        "black-forest-labs/flux-fill-dev", "black-forest-labs/flux-fill-pro",
        "black-forest-labs/flux-kontext-max", "black-forest-labs/flux-kontext-pro",
        "bria/remove-background", "google/nano-banana-pro",
    ];

    private readonly CapabilityTable _capabilities = new([.. Known.Select(m => m.Capabilities)], configured);

    public ModelCapabilities Describe(string model) => _capabilities.For(model);

    /// <summary>What a model calls its inputs.</summary>
    public ReplicateModel Find(string model)
    {
        var known = Known.First(m => CapabilityTable.Matches(m.Capabilities.Pattern, model));
        return configured.FirstOrDefault(c => CapabilityTable.Matches(c.Models, model)) is { } row ? known with { Fields = known.Fields.SetItems(row.Fields) } : known;
    }

    private static ReplicateModel Kontext() => new(Row("black-forest-labs/flux-kontext-*") with
    {
        MaxImages = 1,
        Sizes = ToldByRatio,
        Outputs = ["png", "jpeg"],
        Seed = true,
        Extras = ["safety_tolerance", "prompt_upsampling"],
    })
    {
        Fields = ByRatio.SetItem(EditParameters.Image, "input_image"),
        WithoutSize = Names(("aspect_ratio", Matching)),
    };

    /// <summary>White is filled. What is outside is only nearly kept: it passes through the model too.</summary>
    private static ReplicateModel Filler(string pattern, params string[] extras) => new(Row(pattern) with
    {
        MaxImages = 1,
        Mask = MaskObedience.Advisory,
        MaskForm = MaskForm.White,
        NeedsMask = true,
        Outputs = ["png", "jpeg"],
        Seed = true,
        InferenceSteps = true,
        Extras = [.. extras],
    });

    private static ReplicateModel Several(ReplicateModel one) => one with
    {
        Capabilities = one.Capabilities with { Outputs = ["png", "jpeg", "webp"], Compression = true, MaxPictures = 4 },
        Fields = Names((EditParameters.Count, "num_outputs"), (EditParameters.OutputCompression, "output_quality")),
    };

    /// <summary>Sides of 256 to 2048 pixels, in steps that suit each of the family.</summary>
    private static ReplicateModel Flux2() => new(Row("black-forest-labs/flux-2-*") with
    {
        MaxImages = 8,
        Sizes = new ModelSizes.Ruled(Multiple: 32, MaxSide: 2048, MaxRatio: 3, MinPixels: 196_608, MaxPixels: 4_194_304),
        Outputs = ["png", "jpeg", "webp"],
        Compression = true,
        Seed = true,
        Extras = ["safety_tolerance", "prompt_upsampling"],
    })
    {
        Fields = Names(
            (EditParameters.Image, "input_images[]"), (EditParameters.Size, "width,height"), (EditParameters.OutputCompression, "output_quality")),
        WithSize = Names(("aspect_ratio", "custom")),
        WithoutSize = Names(("aspect_ratio", Matching), ("resolution", Matching)),
    };

    private static ReplicateModel Banana(string pattern, int images, params string[] extras) => new(Row(pattern) with
    {
        MaxImages = images, Sizes = ToldByRatio, Outputs = ["png", "jpeg"], Extras = [.. extras],
    })
    {
        Fields = ByRatio.SetItem(EditParameters.Image, "image_input[]"),
        WithoutSize = Names(("aspect_ratio", Matching)),
    };

    private static ReplicateModel Remover(string pattern, params string[] extras) => new(Row(pattern) with
    {
        Prompt = PromptUse.Unread,
        Types = [EditType.BackgroundRemoval],
        MaxImages = 1,
        Sizes = new ModelSizes.Kept(),
        Backgrounds = ["transparent"],
        Extras = [.. extras],
    });

    private static ModelCapabilities Row(string pattern) => new() { Pattern = pattern };

    private static ImmutableDictionary<string, string> Names(params (string Name, string Value)[] names)
        => names.ToImmutableDictionary(n => n.Name, n => n.Value, StringComparer.Ordinal);
}
