using System.Collections.Immutable;

using MPilot.Jobs.Domain.Plans;

namespace MPilot.Jobs.Providers.OpenAi;

/// <summary>What OpenAI's models can do, known without configuration. The last row is for any other server of this wire.</summary>
internal static class OpenAiModels
{
    private static readonly ModelSizes ThreeSizes = new ModelSizes.Listed([new(1024, 1024), new(1536, 1024), new(1024, 1536)]);
    private static readonly ModelSizes FreeSizes = new ModelSizes.Ruled(Multiple: 16, MaxSide: 3840, MaxRatio: 3, MinPixels: 655_360, MaxPixels: 8_294_400);
    private static readonly ImmutableArray<string> ThreeQualities = ["low", "medium", "high"];
    private static readonly ImmutableArray<string> FiveQualities = ["low", "medium", "high", "xhigh", "max"];

    /// <summary>The first row that matches counts, and the last matches everything.</summary>
    public static readonly ImmutableArray<ModelCapabilities> Known =
    [
        Row("gpt-image-1-mini*") with { Sizes = ThreeSizes, Qualities = ThreeQualities, Fidelities = ["low"] },
        Row("gpt-image-1*") with { Sizes = ThreeSizes, Qualities = ThreeQualities, Fidelities = ["low", "high"] },
        Row("chatgpt-image-*") with { Sizes = ThreeSizes, Qualities = ThreeQualities, Fidelities = ["low", "high"] },
        Row("gpt-image-2") with { Sizes = FreeSizes, Qualities = ThreeQualities },
        Row("gpt-image-2-*") with { Sizes = FreeSizes, Qualities = ThreeQualities },
        Row("gpt-image-*") with { Sizes = FreeSizes, Qualities = FiveQualities },
        Row("*") with { Qualities = null, Fidelities = null, Backgrounds = null },
    ];

    /// <summary>Models by name. Those whose end is announced are served as long as they last, but not offered.</summary>
    public static readonly ImmutableArray<string> Named =
    [
        "gpt-image-2", "gpt-image-2-2026-04-21", "gpt-image-2.5-flare", "gpt-image-2.5-sunburst", "gpt-image-2.6-flare", "gpt-image-2.6-sunburst",
    ];

    /// <summary>Masks are advice to these models: pixels outside may change.</summary>
    private static ModelCapabilities Row(string pattern) => new()
    {
        Pattern = pattern,
        Mask = MaskObedience.Advisory,
        MaskForm = MaskForm.Alpha,
        Backgrounds = ["transparent", "opaque"],
        Outputs = ["png", "jpeg", "webp"],
        Compression = true,
        MaxPictures = 10,
        Streams = true,
        MaxPreviews = 3,
        User = true,
    };
}
