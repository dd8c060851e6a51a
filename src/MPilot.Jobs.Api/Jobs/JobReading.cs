using System.Globalization;

using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Api.Streams;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Buckets;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Api.Jobs;

/// <summary>Reads jobs: the snapshot, perhaps after a wait, and the result.</summary>
internal sealed class JobReading(IJobStore store, JobWaiter waiter, JobPresenter presenter, JobLinks links, JobAnswers answers, JobStreams streams, TimeProvider time)
{
    private const int MaxWaitSeconds = 60;

    /// <summary><c>GET /v1/jobs/{id}?wait=</c>.</summary>
    public async Task<IResult> SnapshotAsync(HttpContext http, string id)
    {
        if (!TryReadWait(http.Request, out var wait))
        {
            return new ErrorResult(ErrorCatalog.InvalidValue("wait", "wait must be a number of seconds from 0 to 60."));
        }

        var job = await FindAsync(http, id);
        if (job is { IsFinal: false } && wait > TimeSpan.Zero)
        {
            job = await waiter.WaitAsync(id, time.GetUtcNow() + wait, http.RequestAborted);
        }

        return job is null ? NoSuchJob() : Snapshot(http, job, await presenter.PutsOfAsync(job, http.RequestAborted));
    }

    /// <summary><c>GET /v1/jobs/{id}/result</c>: what the synchronous call would have answered.</summary>
    public async Task<IResult> ResultAsync(HttpContext http, string id)
        => await FindAsync(http, id) is { } job ? answers.Of(http, job) : NoSuchJob();

    /// <summary><c>GET /v1/jobs/{id}/events</c>: from the beginning, or after <c>Last-Event-ID</c>.</summary>
    public async Task<IResult> EventsAsync(HttpContext http, string id)
    {
        var last = http.Request.Headers[ApiHeaders.LastEventId].ToString();
        if (!long.TryParse(last.Length == 0 ? "0" : last, NumberStyles.None, CultureInfo.InvariantCulture, out var after))
        {
            return new ErrorResult(ErrorCatalog.InvalidValue(ApiHeaders.LastEventId, "Last-Event-ID must be the id of an event of this job."));
        }

        var images = http.Request.Query["images"].ToString();
        if (images is not ("" or "b64" or "link"))
        {
            return new ErrorResult(ErrorCatalog.InvalidValue("images", "images must be b64 or link."));
        }

        return await FindAsync(http, id) is { } job ? new JobEventsResult(StreamedJob.Of(job), after, images == "link", links, streams) : NoSuchJob();
    }

    public static ErrorResult NoSuchJob() => new(ErrorCatalog.NotFound("There is no such job."));

    private Task<JobState?> FindAsync(HttpContext http, string id) => store.FindAsync(Caller.Of(http).Tenant, id, http.RequestAborted);

    private IResult Snapshot(HttpContext http, JobState job, IReadOnlyList<BucketPut> outputs)
    {
        // Neither what becomes of pictures on their way to buckets is a change of the job, nor a new key for the links to them.
        var (tries, end) = (outputs.Sum(o => o.Attempts), links.IsExpired(job) ? "x" : links.SigningKey);
        var tag = string.Create(CultureInfo.InvariantCulture, $"\"{job.Version}.{tries}.{end}\"");
        http.Response.Headers[ApiHeaders.JobId] = job.Id;
        http.Response.Headers.ETag = tag;
        return Knows(http.Request, tag)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : new SnapshotResult(presenter.Present(job, outputs), StatusCodes.Status200OK);
    }

    /// <summary>Whether the caller has the snapshot of that tag already; a cache between may have made the tag a weak one.</summary>
    private static bool Knows(HttpRequest request, string tag)
    {
        var own = new EntityTagHeaderValue(tag);
        return request.GetTypedHeaders().IfNoneMatch.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Compare(own, useStrongComparison: false));
    }

    private static bool TryReadWait(HttpRequest request, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        var text = request.Query["wait"];
        if (text.Count == 0)
        {
            return true;
        }

        var isNumber = int.TryParse(text.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds);
        wait = TimeSpan.FromSeconds(seconds);
        return isNumber && seconds <= MaxWaitSeconds;
    }
}
