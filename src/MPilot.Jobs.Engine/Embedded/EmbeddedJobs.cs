using System.Collections.Concurrent;

using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Jobs;

namespace MPilot.Jobs.Engine.Embedded;

/// <summary>The one-process engine: a non-reentrant mailbox per job, kept only while something is going on.</summary>
public sealed class EmbeddedJobs : IJobs
{
    private readonly ConcurrentDictionary<string, JobMailbox> _mailboxes = new(StringComparer.Ordinal);
    private readonly JobPorts _ports;

    /// <param name="makePorts">Makes the coordinators' ports around this engine, which they report back to.</param>
    public EmbeddedJobs(Func<IJobs, JobPorts> makePorts) => _ports = makePorts(this);

    /// <summary>Jobs with a mailbox at the moment.</summary>
    public int ActiveJobs => _mailboxes.Count;

    public async Task<SubmitAnswer> SubmitAsync(JobSubmission submission, CancellationToken cancellationToken)
    {
        try
        {
            return await PostAsync(submission.Job.Id, c => c.SubmitAsync(submission, cancellationToken));
        }
        catch
        {
            // It may have been stored all the same; then it must not stand idle until its deadline.
            Wake(submission.Job.Id);
            throw;
        }
    }

    public Task<TellAnswer> TellAsync(string job, JobFact fact, CancellationToken cancellationToken)
        => PostAsync(job, c => c.TellAsync(fact)).WaitAsync(cancellationToken);

    private async Task<T> PostAsync<T>(string job, Func<JobCoordinator, Task<T>> turn)
    {
        while (true)
        {
            var mailbox = _mailboxes.GetOrAdd(job, id => new JobMailbox(new JobCoordinator(id, _ports)));
            if (!mailbox.TryPost(c => TurnAsync(job, mailbox, c, turn), out var task))
            {
                _mailboxes.TryRemove(new(job, mailbox));
                continue;
            }

            try
            {
                return await task;
            }
            finally
            {
                Tidy(job, mailbox);
            }
        }
    }

    private async Task<T> TurnAsync<T>(string job, JobMailbox mailbox, JobCoordinator coordinator, Func<JobCoordinator, Task<T>> turn)
    {
        try
        {
            return await turn(coordinator);
        }
        finally
        {
            SetTimer(job, mailbox, coordinator);
            mailbox.CanRetire = coordinator.IsAtRest && mailbox.Timer is null;
        }
    }

    private void SetTimer(string job, JobMailbox mailbox, JobCoordinator coordinator)
    {
        mailbox.Timer?.Dispose();
        mailbox.Timer = coordinator.WakeAt is { } wakeAt ? WakeTimer.Start(wakeAt, _ports.Time, () => Wake(job)) : null;
    }

    /// <summary>Tells a job the time. A hint: what it owes stands in the store, and the due sweep comes back to it.</summary>
    public void Wake(string job)
        => _ = this.TellUntilTakenAsync(job, new JobFact.ClockReached(_ports.Time.GetUtcNow()), _ports.Time, CancellationToken.None);

    private void Tidy(string job, JobMailbox mailbox)
    {
        if (mailbox.CanRetire && mailbox.TryRetire())
        {
            _mailboxes.TryRemove(new(job, mailbox));
        }
    }
}
