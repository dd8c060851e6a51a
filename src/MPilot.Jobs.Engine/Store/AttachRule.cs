using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Engine.Store;

/// <summary>
/// Which earlier job of the same caller and content a request without key belongs to. Applied by every store inside its insert transaction,
/// newest job first. Two live requests alike are two jobs: clients ask for several pictures that way.
/// </summary>
public static class AttachRule
{
    /// <summary>How long a job that failed after a provider was called answers repeats with its failure: clients that retry at once buy one run of the chain. 10 s.</summary>
    public static readonly TimeSpan ReplayWindow = TimeSpan.FromSeconds(10);

    /// <summary>What the job is to a request.</summary>
    /// <param name="job">An earlier job of that virtual key and fingerprint.</param>
    /// <param name="answer">How far its answer got.</param>
    /// <param name="listener">Who asks.</param>
    /// <param name="now">When.</param>
    public static AttachVerdict Of(JobState job, AnswerStatus answer, Listener listener, DateTimeOffset now)
    {
        if (job.CancelRequested || job.Status == JobStatus.Canceled)
        {
            return AttachVerdict.None;
        }

        if (job.Status == JobStatus.Failed && job.CompletedAt > now - ReplayWindow && job.Attempts.Any(a => a.SentAt is not null))
        {
            return AttachVerdict.Replay;
        }

        var isListenedTo = answer == AnswerStatus.Awaited && !listener.AsksAgain;
        if (answer == AnswerStatus.Delivered || isListenedTo)
        {
            return AttachVerdict.None;
        }

        // Of a failure that may have passed the caller wants another try, not the news.
        var isWithinReach = !job.IsFinal || (!job.MayRunAgain && job.CompletedAt > now - listener.Window);
        return isWithinReach ? AttachVerdict.Attach : AttachVerdict.None;
    }
}
