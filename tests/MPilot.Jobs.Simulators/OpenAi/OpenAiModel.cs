namespace MPilot.Jobs.Simulators.OpenAi;

/// <summary>A model and what it takes.</summary>
/// <param name="FreeSize">Any size within limits; else three fixed ones.</param>
/// <param name="Fidelities">Values of <c>input_fidelity</c>; none: the field is refused.</param>
internal sealed record OpenAiModel(string Name, bool FreeSize, string[] Qualities, string[] Formats, string[] Fidelities, bool HasExtras, string? ShutdownDate)
{
    private static readonly string[] PlainQualities = ["auto", "low", "medium", "high"];
    private static readonly string[] MoreQualities = [.. PlainQualities, "xhigh", "max"];
    private static readonly string[] PlainFormats = ["png", "jpeg", "webp"];
    private static readonly string[] MoreFormats = [.. PlainFormats, "svg", "gif"];

    /// <summary>What is served; the retired ones (gpt-image-1, dall-e-2, dall-e-3) are absent, and so not found.</summary>
    public static readonly IReadOnlyList<OpenAiModel> All =
    [
        new("gpt-image-1-mini", false, PlainQualities, PlainFormats, ["low"], false, "2026-12-01"),
        new("gpt-image-1.5", false, PlainQualities, PlainFormats, ["low", "high"], false, "2026-12-01"),
        new("gpt-image-2", true, PlainQualities, PlainFormats, [], false, null),
        new("gpt-image-2-2026-04-21", true, PlainQualities, PlainFormats, [], false, null),
        new("gpt-image-2.5-sunburst", true, MoreQualities, PlainFormats, [], false, null),
        new("gpt-image-2.5-flare", true, MoreQualities, PlainFormats, [], false, null),
        new("gpt-image-2.6-sunburst", true, MoreQualities, MoreFormats, [], true, null),
        new("gpt-image-2.6-flare", true, MoreQualities, MoreFormats, [], true, null),
    ];

    public const string Default = "gpt-image-1.5";

    public static OpenAiModel? Find(string name) => All.FirstOrDefault(model => model.Name == name);
}
