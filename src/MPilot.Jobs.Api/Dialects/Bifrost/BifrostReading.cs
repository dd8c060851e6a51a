using System.Text.Json;

using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Jobs;
using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Api.Dialects.Bifrost;

/// <summary><c>GET /v1/async/images/edits/{id}</c>: 202 while the job goes on, 200 once it ended, however it did.</summary>
internal sealed class BifrostReading(IJobStore store, JobLinks links, EditAnswerWriter writer)
{
    public static readonly ApiError Gone = ErrorCatalog.NotFound("job not found or expired");

    public async Task<IResult> FindAsync(HttpContext http, string id)
    {
        if (await store.FindAsync(Caller.Of(http).Tenant, id, http.RequestAborted) is not { } job || links.IsExpired(job))
        {
            return new ErrorResult(Gone);
        }

        http.Response.Headers[ApiHeaders.JobId] = id;
        if (!job.IsFinal)
        {
            http.Response.Headers.RetryAfter = "1";
            return Results.Json(BifrostJobBody.Of(job), ApiJson.Wire.BifrostJobBody, statusCode: StatusCodes.Status202Accepted);
        }

        var body = Ended(job);
        return body.Error is null
            ? new EnvelopeResult(JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Wire.BifrostJobBody), job, writer, Gone)
            : Results.Json(body, ApiJson.Wire.BifrostJobBody);
    }

    private BifrostJobBody Ended(JobState job)
    {
        var error = job.Failure is null ? null : FailureErrors.Of(job);
        return BifrostJobBody.Of(job) with
        {
            CompletedAt = job.CompletedAt?.UtcDateTime,
            ExpiresAt = links.ExpiryOf(job)?.UtcDateTime,
            StatusCode = error?.Status ?? StatusCodes.Status200OK,
            Error = error is null ? null : ErrorBody.Of(error, eventId: null, JobAnswers.Scope(job)),
        };
    }
}
