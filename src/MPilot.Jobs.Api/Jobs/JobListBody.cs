using System.Text.Json.Serialization;

namespace MPilot.Jobs.Api.Jobs;

/// <summary>A page of jobs, newest first.</summary>
internal sealed record JobListBody(
    [property: JsonPropertyName("data")] IReadOnlyList<JobBody> Jobs,
    [property: JsonPropertyName("first_id")] string? FirstId,
    [property: JsonPropertyName("last_id")] string? LastId,
    [property: JsonPropertyName("has_more")] bool HasMore)
{
    [JsonPropertyName("object")]
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "list";

    /// <summary>The page, its ids taken from its ends.</summary>
    public static JobListBody Of(IReadOnlyList<JobBody> jobs, bool hasMore)
        => jobs is [var first, ..] ? new(jobs, first.Id, jobs[^1].Id, hasMore) : new(jobs, null, null, hasMore);
}
