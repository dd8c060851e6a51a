using System.Text.Json.Serialization;

using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Jobs;

namespace MPilot.Jobs.Api.Dialects.Bifrost;

/// <summary>The end of a job as Bifrost tells receivers of it. Times are in UTC.</summary>
internal sealed record BifrostEventBody(
    [property: JsonPropertyName("event")] string Event,
    [property: JsonPropertyName("created_at")] DateTime? CreatedAt,
    [property: JsonPropertyName("data")] BifrostEventJobBody Job)
{
    public static BifrostEventBody Of(JobState job, JobLinks links)
    {
        var name = BifrostJobBody.Of(job).Status;
        var status = job.Failure is null ? StatusCodes.Status200OK : FailureErrors.Of(job).Status;
        return new(
            $"async_job.{name}", job.CompletedAt?.UtcDateTime,
            new(job.Id, "image_edit", name, status, $"{BifrostDialect.Path}/{job.Id}", links.ExpiryOf(job)?.UtcDateTime));
    }
}
