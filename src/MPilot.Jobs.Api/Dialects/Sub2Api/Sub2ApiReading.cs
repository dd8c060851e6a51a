using System.Text.Json;

using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Api.Dialects.Sub2Api;

/// <summary><c>GET /v1/images/tasks/{id}</c>: always 200; pictures are links, whatever the edit asked for.</summary>
internal sealed class Sub2ApiReading(IJobStore store, JobLinks links, EditAnswerWriter writer)
{
    public static readonly ApiError Gone = ErrorCatalog.NotFound("image task not found");

    public async Task<IResult> FindAsync(HttpContext http, string id)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (await store.FindAsync(Caller.Of(http).Tenant, id, http.RequestAborted) is not { } job || links.IsExpired(job))
        {
            return new ErrorResult(Gone);
        }

        http.Response.Headers[ApiHeaders.JobId] = id;
        if (!job.IsFinal)
        {
            http.Response.Headers.RetryAfter = Sub2ApiDialect.PollInterval;
            return Results.Json(Sub2ApiJobBody.Of(job, links), ApiJson.Wire.Sub2ApiJobBody);
        }

        var body = Ended(job);
        return body.Error is null
            ? new EnvelopeResult(JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Wire.Sub2ApiJobBody), Linked(job), writer, Gone)
            : Results.Json(body, ApiJson.Wire.Sub2ApiJobBody);
    }

    private Sub2ApiJobBody Ended(JobState job)
    {
        var error = job.Failure is null ? null : FailureErrors.Of(job);
        var first = job.Slots.Select(s => s.Picture).OfType<DeliveredPicture>().FirstOrDefault();
        return Sub2ApiJobBody.Of(job, links) with
        {
            CompletedAt = job.CompletedAt?.ToUnixTimeSeconds(),
            HttpStatus = error?.Status ?? StatusCodes.Status200OK,
            ImageUrl = error is null && first is not null ? links.Picture(job, first) : null,
            Error = error is null ? null : ErrorDetailBody.Of(error, eventId: null),
        };
    }

    private static JobState Linked(JobState job) => job with { Spec = job.Spec with { ResponseFormat = ResponseFormat.Url } };
}
