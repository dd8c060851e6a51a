using System.Text.Json.Serialization;

namespace MPilot.Jobs.Api.Streams;

/// <summary>The member <c>extra_fields</c> of a picture event.</summary>
internal sealed record FrameExtraBody(
    [property: JsonPropertyName("request_type")] string RequestType,
    [property: JsonPropertyName("provider")] string Provider,
    [property: JsonPropertyName("model_requested")] string ModelRequested,
    [property: JsonPropertyName("latency")] long Latency,
    [property: JsonPropertyName("chunk_index")] int ChunkIndex,
    [property: JsonPropertyName("attempt")] int Attempt);
