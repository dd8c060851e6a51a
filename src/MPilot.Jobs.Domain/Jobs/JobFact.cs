using System.Collections.Immutable;
using System.Text.Json.Serialization;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Money;

namespace MPilot.Jobs.Domain.Jobs;

/// <summary>Something that happened to a job: a closed set. A fact may come late or twice.</summary>
/// <param name="At">When, by the clock of the one who tells it.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(GateGranted), "gate_granted")]
[JsonDerivedType(typeof(GateClosed), "gate_closed")]
[JsonDerivedType(typeof(AttemptSending), "attempt_sending")]
[JsonDerivedType(typeof(AttemptAccepted), "attempt_accepted")]
[JsonDerivedType(typeof(AttemptOrphaned), "attempt_orphaned")]
[JsonDerivedType(typeof(AttemptTakenUp), "attempt_taken_up")]
[JsonDerivedType(typeof(PreviewArrived), "preview_arrived")]
[JsonDerivedType(typeof(AttemptEnded), "attempt_ended")]
[JsonDerivedType(typeof(CancelRequested), "cancel_requested")]
[JsonDerivedType(typeof(ClockReached), "clock_reached")]
public abstract record JobFact(DateTimeOffset At)
{
    /// <summary>A gate lets an intended attempt go. Changes nothing stored: the runner that takes it tells <see cref="AttemptSending"/>.</summary>
    public sealed record GateGranted(DateTimeOffset At, int Attempt, string Key, string Lease) : JobFact(At)
    {
        /// <summary>The gate's epoch, where gates move; else 0.</summary>
        public long GateEpoch { get; init; }
    }

    /// <summary>A gate has no key that can be expected to serve soon: an intended attempt is not waited for, its slots fall back.</summary>
    public sealed record GateClosed(DateTimeOffset At, int Attempt) : JobFact(At);

    /// <summary>A runner is about to send the first byte. It may go on unless this is refused; told again by the same runner, it is ignored.</summary>
    /// <param name="Bound">The most the call can cost by the prices of the moment; <c>null</c> where nobody knows.</param>
    public sealed record AttemptSending(DateTimeOffset At, int Attempt, string Key, string Lease, string Node, long Epoch, Cost? Bound = null) : JobFact(At)
    {
        /// <summary>The epoch of the gate that granted the lease. A gate that has moved since may not know of the lease: then nothing is sent. 0: gates do not move.</summary>
        public long GateEpoch { get; init; }
    }

    /// <summary>The provider took the call and named its job.</summary>
    public sealed record AttemptAccepted(DateTimeOffset At, int Attempt, string ProviderJobId) : JobFact(At);

    /// <summary>
    /// The node of a call in flight is gone. A call whose provider named its job can be asked after: that changes nothing stored, the runner that asks
    /// tells <see cref="AttemptTakenUp"/>. Any other is lost.
    /// </summary>
    /// <param name="Epoch">The epoch that has expired.</param>
    /// <param name="Jitter">Uniform in [0, 1).</param>
    public sealed record AttemptOrphaned(DateTimeOffset At, int Attempt, long Epoch, double Jitter) : JobFact(At);

    /// <summary>A runner is about to ask the provider after an orphaned call. It may go on unless this is refused; from then on the call is its own.</summary>
    /// <param name="From">The epoch that has expired.</param>
    public sealed record AttemptTakenUp(DateTimeOffset At, int Attempt, string Node, long Epoch, long From) : JobFact(At);

    /// <summary>A call in flight gave a preview of one of its pictures.</summary>
    /// <param name="Quality">As the provider says.</param>
    /// <param name="Background">As the provider says.</param>
    public sealed record PreviewArrived(DateTimeOffset At, int Attempt, DeliveredPicture Picture, string? Quality, string? Background) : JobFact(At);

    /// <summary>A call ended, or is known to be lost.</summary>
    /// <param name="Jitter">Uniform in [0, 1): the randomness a backoff needs.</param>
    /// <param name="Cost">What the call cost; <c>null</c> where the teller cannot say.</param>
    public sealed record AttemptEnded(DateTimeOffset At, int Attempt, AttemptOutcome Outcome, double Jitter, Cost? Cost = null) : JobFact(At)
    {
        /// <summary>Names of the provider's other keys that could be used, where the key was at fault.</summary>
        public ImmutableArray<string> OtherKeys { get; init; } = [];
    }

    /// <summary>The caller wants no more of it.</summary>
    public sealed record CancelRequested(DateTimeOffset At) : JobFact(At);

    /// <summary>Time went by: matters once <see cref="JobState.DueAt"/> is reached, by a due attempt or the deadline.</summary>
    public sealed record ClockReached(DateTimeOffset At) : JobFact(At);
}
