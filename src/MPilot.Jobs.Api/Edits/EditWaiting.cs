using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Jobs;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Api.Streams;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Answers an accepted edit: at the end of its job, or with 202 where the caller asked for that.</summary>
internal sealed class EditWaiting(PatientWaiter waiter, JobAnswers answers, JobLinks links, JobStreams streams, TimeProvider time)
{
    /// <summary>How long past its deadline a job is waited for: its end is stored a moment later. 30 s.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    public async Task<IResult> AnswerAsync(HttpContext http, string job, Preferences preferences, DateTimeOffset deadline, bool streamed)
    {
        http.Response.Headers[ApiHeaders.JobId] = job;
        if (preferences.Applied is { } applied)
        {
            http.Response.Headers[ApiHeaders.PreferenceApplied] = applied;
        }

        if (streamed && !preferences.TakesPending)
        {
            return await streams.LoadAsync(job, http.RequestAborted) is { } accepted ? new EditStreamResult(accepted, streams, links) : JobReading.NoSuchJob();
        }

        var state = await waiter.WaitAsync(job, Until(preferences, deadline), http.RequestAborted);
        return state switch
        {
            null => JobReading.NoSuchJob(),
            { IsFinal: false } when !preferences.TakesPending => new ErrorResult(ErrorCatalog.StillRunning(links.Job(job))),
            _ when preferences is { IsAsync: true, Wait: null } => answers.Pending(http, state),
            _ => answers.Of(http, state),
        };
    }

    private DateTimeOffset Until(Preferences preferences, DateTimeOffset deadline)
        => preferences.TakesPending ? time.GetUtcNow() + (preferences.Wait ?? TimeSpan.Zero) : deadline + Grace;
}
