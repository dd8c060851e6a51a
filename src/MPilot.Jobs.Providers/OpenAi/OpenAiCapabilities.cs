using System.Collections.Immutable;
using System.IO.Enumeration;

using MPilot.Jobs.Engine.Drivers;

namespace MPilot.Jobs.Providers.OpenAi;

/// <summary>What models of a name pattern can do. Values are those of the API; an absent list means that the server decides.</summary>
internal sealed record OpenAiCapabilities
{
    private static readonly OpenAiSizes ThreeSizes = new OpenAiSizes.Listed([new(1024, 1024), new(1536, 1024), new(1024, 1536)]);
    private static readonly OpenAiSizes FreeSizes = new OpenAiSizes.Ruled(Multiple: 16, MaxSide: 3840, MaxRatio: 3, MinPixels: 655_360, MaxPixels: 8_294_400);
    private static readonly ImmutableArray<string> ThreeQualities = ["low", "medium", "high"];
    private static readonly ImmutableArray<string> FiveQualities = ["low", "medium", "high", "xhigh", "max"];

    /// <summary>Rows known without configuration; the first that matches counts, and the last matches everything.</summary>
    public static readonly ImmutableArray<OpenAiCapabilities> Known =
    [
        new() { Pattern = "gpt-image-1-mini*", Sizes = ThreeSizes, Qualities = ThreeQualities, Fidelities = ["low"] },
        new() { Pattern = "gpt-image-1*", Sizes = ThreeSizes, Qualities = ThreeQualities, Fidelities = ["low", "high"] },
        new() { Pattern = "chatgpt-image-*", Sizes = ThreeSizes, Qualities = ThreeQualities, Fidelities = ["low", "high"] },
        new() { Pattern = "gpt-image-2", Sizes = FreeSizes, Qualities = ThreeQualities, Fidelities = [] },
        new() { Pattern = "gpt-image-2-*", Sizes = FreeSizes, Qualities = ThreeQualities, Fidelities = [] },
        new() { Pattern = "gpt-image-*", Sizes = FreeSizes, Qualities = FiveQualities, Fidelities = [] },
        new() { Pattern = "*", Backgrounds = null },
    ];

    /// <summary>Models by name. Those whose end is announced are served as long as they last, but not offered.</summary>
    public static readonly ImmutableArray<string> KnownModels =
    [
        "gpt-image-2", "gpt-image-2-2026-04-21", "gpt-image-2.5-flare", "gpt-image-2.5-sunburst", "gpt-image-2.6-flare", "gpt-image-2.6-sunburst",
    ];

    /// <summary><c>*</c> matches any run.</summary>
    public required string Pattern { get; init; }

    public OpenAiSizes Sizes { get; init; } = new OpenAiSizes.Any();

    public ImmutableArray<string>? Qualities { get; init; }

    public ImmutableArray<string>? Fidelities { get; init; }

    public ImmutableArray<string>? Backgrounds { get; init; } = ["transparent", "opaque"];

    /// <summary>Encodings of the answer that can be asked for; never one the service cannot read.</summary>
    public ImmutableArray<string> Formats { get; init; } = ["png", "jpeg", "webp"];

    /// <summary>Most pictures of one edit.</summary>
    public int MaxImages { get; init; } = 16;

    /// <summary>Most pictures of one answer.</summary>
    public int MaxPictures { get; init; } = 10;

    /// <summary>Fields that are no parameters of the service but are passed on.</summary>
    public ImmutableArray<string> Extras { get; init; } = ["moderation"];

    /// <summary>The row as those see it who choose a model.</summary>
    public ModelCapabilities ToModel() => new()
    {
        Operations = ["edit", "inpainting", "background_removal"],
        Mask = true,
        MaxImages = MaxImages,
        Sizes = Sizes is OpenAiSizes.Listed listed ? [.. listed.Sizes.Select(s => s.ToString())] : null,
        SizeRule = (Sizes as OpenAiSizes.Ruled)?.Rule,
        Qualities = Qualities,
        InputFidelities = Fidelities,
        Backgrounds = Backgrounds,
        OutputFormats = Formats,
        PartialImages = true,
    };

    /// <summary>The row of a model: the first that matches.</summary>
    public static OpenAiCapabilities For(string model, IEnumerable<OpenAiCapabilities> rows)
        => rows.First(r => FileSystemName.MatchesSimpleExpression(r.Pattern, model, ignoreCase: false));
}
