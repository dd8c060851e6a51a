using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Api.Jobs;

/// <summary><c>POST /v1/jobs/{id}/cancel</c>: idempotent; a final job stays as it is.</summary>
internal sealed class JobCanceling(IJobStore store, IJobs jobs, JobPresenter presenter, TimeProvider time)
{
    public async Task<IResult> CancelAsync(HttpContext http, string id)
    {
        var tenant = Caller.Of(http).Tenant;
        var job = await store.FindAsync(tenant, id, http.RequestAborted);
        if (job is { IsFinal: false })
        {
            await jobs.TellAsync(id, new JobFact.CancelRequested(time.GetUtcNow()), CancellationToken.None);
            job = await store.FindAsync(tenant, id, http.RequestAborted);
        }

        if (job is null)
        {
            return JobReading.NoSuchJob();
        }

        http.Response.Headers[ApiHeaders.JobId] = job.Id;
        return new SnapshotResult(presenter.Present(job, await presenter.PutsOfAsync(job, http.RequestAborted)), StatusCodes.Status202Accepted);
    }
}
