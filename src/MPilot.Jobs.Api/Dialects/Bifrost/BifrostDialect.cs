using System.Globalization;

using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Jobs;
using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Api.Dialects.Bifrost;

/// <summary>Bifrost's asynchronous edits.</summary>
internal sealed class BifrostDialect(IJobStore store, MPilotOptions options) : IEditDialect
{
    public const string Path = "/v1/async/images/edits";

    public Preferences PreferencesOf(HttpRequest request) => PolledEdits.Preferences;

    /// <summary>Whole seconds. What is no positive number is as good as absent; no picture outlives its job.</summary>
    public TimeSpan? ResultLifeOf(HttpRequest request)
    {
        var text = request.Headers[ApiHeaders.AsyncResultTtl].ToString();
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, options.Retention.Jobs.TotalSeconds))
            : null;
    }

    public string? WebhookNameOf(HttpRequest request) => request.Headers[ApiHeaders.AsyncWebhook].ToString() is { Length: > 0 } name ? name : null;

    public void Check(EditWishes wishes, Mistakes mistakes) => PolledEdits.RefuseStream(wishes, mistakes);

    public async Task<IResult> AnswerAsync(HttpContext http, EditTicket ticket, NewJob asked)
    {
        var job = ticket.Job;
        if (await store.LoadAsync(job, http.RequestAborted) is not { } state)
        {
            return JobReading.NoSuchJob();
        }

        http.Response.Headers[ApiHeaders.JobId] = job;
        http.Response.Headers.Location = $"{Path}/{job}";
        http.Response.Headers.RetryAfter = "1";
        return Results.Json(BifrostJobBody.Of(state), ApiJson.Wire.BifrostJobBody, statusCode: StatusCodes.Status202Accepted);
    }
}
