using System.Text.Json.Serialization;

using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Jobs;

namespace MPilot.Jobs.Api.Dialects.Sub2Api;

/// <summary>A job as sub2api shows it. Times are Unix seconds.</summary>
internal sealed record Sub2ApiJobBody(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("task_id")] string TaskId,
    [property: JsonPropertyName("object")] string Object,
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("created_at")] long CreatedAt,
    [property: JsonPropertyName("expires_at")] long ExpiresAt)
{
    [JsonPropertyName("poll_url")]
    public string? PollUrl { get; init; }

    [JsonPropertyName("completed_at")]
    public long? CompletedAt { get; init; }

    [JsonPropertyName("http_status")]
    public int? HttpStatus { get; init; }

    [JsonPropertyName("image_url")]
    public Uri? ImageUrl { get; init; }

    [JsonPropertyName("error")]
    public ErrorDetailBody? Error { get; init; }

    /// <summary>What the synchronous call would have answered, with links. Spliced in when written.</summary>
    [JsonPropertyName("result")]
    public EditAnswerBody? Result { get; init; }

    /// <summary>How far the job is, without its end.</summary>
    public static Sub2ApiJobBody Of(JobState job, JobLinks links)
        => new(
            job.Id, job.Id, "image.generation.task", StatusOf(job.Status), job.CreatedAt.ToUnixTimeSeconds(),
            links.LatestExpiryOf(job).ToUnixTimeSeconds());

    private static string StatusOf(JobStatus status) => status switch
    {
        JobStatus.Queued or JobStatus.Running or JobStatus.Waiting => "processing",
        JobStatus.Succeeded => "completed",
        JobStatus.Failed or JobStatus.Canceled => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
