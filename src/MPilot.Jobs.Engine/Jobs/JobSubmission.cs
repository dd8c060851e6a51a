using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Engine.Jobs;

/// <summary>A job to be accepted.</summary>
/// <param name="Job">What is fixed about it.</param>
/// <param name="Key">The caller's idempotency key, if one was sent.</param>
public sealed record JobSubmission(NewJob Job, IdempotencyKey? Key)
{
    /// <summary>Who waits for the answer, where it sent no key and takes no 202.</summary>
    public Listener? Listener { get; init; }
}
