using System.Text.Json.Serialization;

using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Api.Dialects.Bifrost;

/// <summary>A job as Bifrost shows it. Times are in UTC.</summary>
internal sealed record BifrostJobBody(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("request_id")] string RequestId,
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("created_at")] DateTime CreatedAt)
{
    [JsonPropertyName("completed_at")]
    public DateTime? CompletedAt { get; init; }

    [JsonPropertyName("expires_at")]
    public DateTime? ExpiresAt { get; init; }

    [JsonPropertyName("status_code")]
    public int? StatusCode { get; init; }

    [JsonPropertyName("error")]
    public ErrorBody? Error { get; init; }

    /// <summary>What the synchronous call would have answered. Spliced in when written: pictures are streamed.</summary>
    [JsonPropertyName("result")]
    public EditAnswerBody? Result { get; init; }

    /// <summary>How far the job is, without its end.</summary>
    public static BifrostJobBody Of(JobState job) => new(job.Id, job.RequestId, StatusOf(job.Status), job.CreatedAt.UtcDateTime);

    private static string StatusOf(JobStatus status) => status switch
    {
        JobStatus.Queued => "pending",
        JobStatus.Running or JobStatus.Waiting => "processing",
        JobStatus.Succeeded => "completed",
        JobStatus.Failed or JobStatus.Canceled => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
