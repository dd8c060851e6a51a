using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Buckets;
using MPilot.Jobs.Engine.Jobs;

namespace MPilot.Jobs.Api.Jobs;

/// <summary>Chooses the answer that fits where a job stands.</summary>
internal sealed class JobAnswers(JobPresenter presenter, JobLinks links, EditAnswerWriter writer)
{
    /// <summary>What the synchronous call answers: the pictures or the failure; a snapshot with 202 while the job runs.</summary>
    public IResult Of(HttpContext http, JobState job)
    {
        http.Response.Headers[ApiHeaders.JobId] = job.Id;
        return job.Status switch
        {
            JobStatus.Succeeded when links.IsExpired(job) => new ErrorResult(ErrorCatalog.ResultExpired()),
            JobStatus.Succeeded => new EditAnswerResult(job, writer),
            JobStatus.Failed or JobStatus.Canceled => new ErrorResult(FailureErrors.Of(job), Scope(job)),
            _ => Pending(http, job, outputs: []),
        };
    }

    /// <summary>202: the snapshot, where to ask again and when.</summary>
    public async Task<IResult> PendingAsync(HttpContext http, JobState job) => Pending(http, job, await presenter.PutsOfAsync(job, http.RequestAborted));

    /// <summary>Who was tried, for the error of a job that failed.</summary>
    public static ErrorExtraBody Scope(JobState job)
    {
        var deciding = job.Failure?.Attempt is { } number ? job.FindAttempt(number) : null;
        var step = deciding is null ? job.Chain.FirstOrDefault(s => !s.IsSkipped) : job.StepOf(deciding);
        return new("image_edit", step?.Provider, job.ModelRequested, AttemptBody.Trail(job), CostBody.Of(job.Cost));
    }

    private SnapshotResult Pending(HttpContext http, JobState job, IReadOnlyList<BucketPut> outputs)
    {
        http.Response.Headers[ApiHeaders.JobId] = job.Id;
        http.Response.Headers.Location = JobLinks.PathOf(job.Id);
        http.Response.Headers.RetryAfter = "1";
        return new SnapshotResult(presenter.Present(job, outputs), StatusCodes.Status202Accepted);
    }
}
