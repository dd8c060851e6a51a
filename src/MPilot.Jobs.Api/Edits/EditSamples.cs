using System.Collections.Immutable;
using System.Text.Json.Nodes;

using MPilot.Jobs.Api.Documentation;
using MPilot.Jobs.Api.Jobs;
using MPilot.Jobs.Api.Streams;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Answers of edits, to be shown as examples.</summary>
internal static class EditSamples
{
    public const string JobId = "job_01a203965a6070afb6f16ba39a6c7079";

    /// <summary>2026-11-12.</summary>
    public const long Created = 1_794_441_600;

    private const string ServedBy = "gpt-image-2";

    public static ImmutableArray<AttemptBody> Attempts { get; } =
    [
        new(1, [0], "openai", ServedBy, "failed", "rate_limited", 429, 211),
        new(2, [0], "openai", ServedBy, "succeeded", Latency: 17_730),
    ];

    public static ImmutableArray<WarningBody> Warnings { get; } = [new("seed", "openai", "dropped", "This provider takes no seed.")];

    /// <summary>With the bytes in it; they are cut here.</summary>
    public static EditAnswerBody WithBytes { get; } = Of(new("iVBORw0KGgoAAAANSUhEUgAA", null, null, 0));

    public static EditAnswerBody WithLinks { get; } = Of(new(null, Link, null, 0));

    public static Uri Link => new("http://127.0.0.1:8080/v1/artifacts/art_01a20396a1c07d6b8a52f3c1de1f0a11?exp=1794528000&kid=kid_01a1&sig=Jm3k&index=0");

    public static PictureEventBody Preview { get; } = Event("image_edit.partial_image", sequence: 3) with { Base64 = "iVBORw0KGgoAAAANSUhEUgAA", PartialImageIndex = 0 };

    public static PictureEventBody Completed { get; } = Event("image_edit.completed", sequence: 4) with { Base64 = "iVBORw0KGgoAAAANSUhEUgAA", Usage = Used };

    public static PictureEventBody CompletedAsLink { get; } = Event("image_edit.completed", sequence: 4) with { Url = Link, Usage = Used };

    public static PictureFailedBody Failed { get; } = new("image_edit.failed", 1, "refused", Created + 18, 5, JobId);

    public static CostBody Cost => new("0.0421", "USD", Known: true);

    /// <summary>JSON bodies, each with another shape of picture.</summary>
    public static ImmutableArray<(string Name, JsonNode Body)> JsonBodies { get; } =
    [
        ("image_url", Json("""{"model":"openai/gpt-image-2","prompt":"make the vase golden","images":[{"image_url":"https://example.com/vase.png"}],"quality":"high"}""")),
        ("data_url", Json("""{"model":"openai/gpt-image-2","prompt":"make the vase golden","image":"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA","n":2}""")),
        ("file_id", Json("""
            {"model":"openai/gpt-image-2","prompt":"a red door","image":{"file_id":"file_01a2039661917fb3925cd8306e5f0cd3"},
             "mask":{"file_id":"file_01a203966ab27e0d8e1f7c55a9d2b4f6"},"type":"inpainting","response_format":"url",
             "fallbacks":["openai/gpt-image-1.5",{"provider":"openai","model":"gpt-image-1","quality":"low"}],"metadata":{"order":"7"},"deadline":120}
            """)),
    ];

    private static UsageBody Used => new(323, new(310, 13), 4483, 4160, new(4160, 0));

    private static JsonNode Json(string text) => JsonNode.Parse(text)!;

    private static EditAnswerBody Of(EditPictureBody picture)
        => new(
            JobId, Created, ServedBy, [picture], "opaque", "png", "high", "1024x1024", Used,
            new("image_edit", "openai", ServedBy, ModelDeployment: null, Latency: 18_234, ChunkIndex: 0, RawRequest: null, RawResponse: null, Attempts, FailedSlots: null, MaskDrift: null, Warnings, Cost));

    private static PictureEventBody Event(string type, long sequence)
        => new(
            type, Created + 17, "1024x1024", "high", "opaque", "png", 0, sequence, JobId,
            new("image_edit_stream", "openai", ServedBy, Latency: 17_730, ChunkIndex: 0, Attempt: 2));
}
