using System.Text.Json.Nodes;

using MPilot.Jobs.Imaging.Tests.Kit;
using MPilot.Jobs.Simulators.Ledgers;

namespace MPilot.Jobs.EndToEnd.Tests.Parameters;

/// <summary>What came of a trial.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Text">The body: JSON, or a stream of events.</param>
/// <param name="Job">The job's snapshot, if there is a job.</param>
/// <param name="Calls">What the provider received.</param>
internal sealed record TrialAnswer(int Status, string Text, JsonNode? Job, IReadOnlyList<CallRecord> Calls)
{
    /// <summary>The JSON of an answer that is no stream.</summary>
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>The pictures of the answer, as many as came.</summary>
    public int Pictures => Json["data"]!.AsArray().Count;

    /// <summary>The bytes of the first picture.</summary>
    public byte[] Bytes => Convert.FromBase64String((string)Json["data"]![0]!["b64_json"]!);

    /// <summary>The first picture, decoded.</summary>
    public Pixels Picture => Pixels.Decode(Bytes);

    public bool HasSize(int width, int height) => Picture is var picture && (picture.Width, picture.Height) == (width, height);

    /// <summary>Whether the first picture is encoded so.</summary>
    public bool IsEncodedAs(string format) => Bytes is var bytes && format switch
    {
        "png" => bytes.AsSpan(1, 3).SequenceEqual("PNG"u8),
        "webp" => bytes.AsSpan(8, 4).SequenceEqual("WEBP"u8),
        _ => bytes is [0xFF, 0xD8, ..],
    };

    /// <summary>Whether something is transparent in the first picture.</summary>
    public bool IsTransparent => Picture is var picture && Enumerable.Range(0, picture.Width * picture.Height).Any(i => picture.Bytes[(i * 4) + 3] < 255);
}
