using System.Text.Json.Serialization;

namespace MPilot.Jobs.Api.Jobs;

/// <summary>How many of the wanted pictures are there, and how many will never be.</summary>
internal sealed record ProgressBody(
    [property: JsonPropertyName("completed")] int Completed,
    [property: JsonPropertyName("failed")] int Failed,
    [property: JsonPropertyName("total")] int Total);
