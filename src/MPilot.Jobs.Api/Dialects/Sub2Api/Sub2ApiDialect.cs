using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Jobs;
using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Api.Dialects.Sub2Api;

/// <summary>sub2api's image tasks.</summary>
internal sealed class Sub2ApiDialect(IJobStore store, JobLinks links) : IEditDialect
{
    public const string Path = "/v1/images/tasks";

    /// <summary>How often its clients are told to ask. 3 s.</summary>
    public const string PollInterval = "3";

    public Preferences PreferencesOf(HttpRequest request) => PolledEdits.Preferences;

    public TimeSpan? ResultLifeOf(HttpRequest request) => null;

    public string? WebhookNameOf(HttpRequest request) => null;

    public void Check(EditWishes wishes, Mistakes mistakes) => PolledEdits.RefuseStream(wishes, mistakes);

    public async Task<IResult> AnswerAsync(HttpContext http, EditTicket ticket, NewJob asked)
    {
        var job = ticket.Job;
        if (await store.LoadAsync(job, http.RequestAborted) is not { } state)
        {
            return JobReading.NoSuchJob();
        }

        var address = $"{Path}/{job}";
        http.Response.Headers[ApiHeaders.JobId] = job;
        http.Response.Headers.Location = address;
        http.Response.Headers.RetryAfter = PollInterval;
        http.Response.Headers.CacheControl = "no-store";
        var body = Sub2ApiJobBody.Of(state, links) with { PollUrl = address };
        return Results.Json(body, ApiJson.Wire.Sub2ApiJobBody, statusCode: StatusCodes.Status202Accepted);
    }
}
