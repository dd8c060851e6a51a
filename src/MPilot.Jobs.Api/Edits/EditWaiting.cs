using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Jobs;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Api.Streams;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Jobs;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Answers an accepted edit: at the end of its job, or with 202 where the caller asked for that.</summary>
internal sealed class EditWaiting(
    PatientWaiter waiter, JobAnswers answers, JobLinks links, JobStreams streams, AnswerNotes notes, MPilotOptions options, TimeProvider time)
{
    /// <summary>How long past its deadline a job is waited for: its end is stored a moment later. 30 s.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    public async Task<IResult> AnswerAsync(HttpContext http, EditTicket ticket, NewJob asked, Preferences preferences)
    {
        http.Response.Headers[ApiHeaders.JobId] = ticket.Job;
        if (preferences.Applied is { } applied)
        {
            http.Response.Headers[ApiHeaders.PreferenceApplied] = applied;
        }

        if (preferences.TakesPending)
        {
            return await PendingAsync(http, ticket.Job, preferences);
        }

        return ticket.Listener is { } listener
            ? new AttendedResult(ticket.Job, listener, notes, () => FinalAsync(http, ticket.Job, asked))
            : (await FinalAsync(http, ticket.Job, asked)).Answer;
    }

    private async Task<IResult> PendingAsync(HttpContext http, string job, Preferences preferences)
    {
        var state = await waiter.WaitAsync(job, time.GetUtcNow() + (preferences.Wait ?? TimeSpan.Zero), http.RequestAborted);
        return state switch
        {
            null => JobReading.NoSuchJob(),
            _ when preferences is { IsAsync: true, Wait: null } => await answers.PendingAsync(http, state),
            _ => answers.Of(http, state),
        };
    }

    /// <summary>The answer of the job itself, or that it still runs.</summary>
    private async Task<(IResult Answer, bool IsFinal)> FinalAsync(HttpContext http, string job, NewJob asked)
    {
        if (asked.Spec.Stream)
        {
            return await streams.LoadAsync(job, http.RequestAborted) is { } accepted
                ? (new EditStreamResult(accepted, streams, links), true)
                : (JobReading.NoSuchJob(), false);
        }

        return await waiter.WaitAsync(job, Until(http.Request, asked.Deadline), http.RequestAborted) switch
        {
            null => (JobReading.NoSuchJob(), false),
            { IsFinal: false } => (new ErrorResult(ErrorCatalog.StillRunning(links.Job(job))), false),
            { } state => (answers.Of(http, state), true),
        };
    }

    private DateTimeOffset Until(HttpRequest request, DateTimeOffset deadline)
    {
        var (end, limit) = (deadline + Grace, time.GetUtcNow() + options.Http.SyncLimit);
        return RetryHeader.Read(request) is not null && limit < end ? limit : end;
    }
}
