using System.Collections.Immutable;

using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Domain.Fallback;

/// <summary>Decides what follows a failed attempt, by kind of failure.</summary>
public static class FallbackPolicy
{
    /// <summary>First wait before a step is tried again; doubles with each retry. 0.5 s.</summary>
    public static readonly TimeSpan BackoffBase = TimeSpan.FromSeconds(0.5);

    /// <summary>Longest wait of the backoff. 20 s.</summary>
    public static readonly TimeSpan BackoffCap = TimeSpan.FromSeconds(20);

    /// <summary>The move for one slot.</summary>
    /// <param name="slot">The slot, before the failure is counted.</param>
    /// <param name="failure">How its attempt failed.</param>
    /// <param name="chain">The job's chain.</param>
    /// <param name="now">The moment of the failure.</param>
    /// <param name="deadline">A retry due at or after it is not worth making.</param>
    /// <param name="jitter">Uniform in [0, 1): the full jitter of the backoff.</param>
    public static NextMove Decide(
        Slot slot, AttemptFailure failure, ImmutableArray<Step> chain, DateTimeOffset now, DateTimeOffset deadline, double jitter)
    {
        var step = chain[slot.Step];
        switch (failure.Kind)
        {
            case FailureKind.Transient or FailureKind.Broken when slot.RetriesUsed < step.Retries:
                return RetryAfter(Max(Backoff(slot.RetriesUsed, jitter), failure.RetryAfter), now, deadline) ?? NextStep(slot, chain);

            case FailureKind.RateLimited when NextStep(slot, chain) is NextMove.FallBack next:
                return next;

            case FailureKind.RateLimited when slot.RetriesUsed < step.Retries:
                return RetryAfter(Max(TimeSpan.Zero, failure.RetryAfter ?? Backoff(slot.RetriesUsed, jitter)), now, deadline) ?? new NextMove.GiveUp();

            case FailureKind.TimedOut or FailureKind.Lost:
                return step.RetryLost && !slot.RetriedLost && now < deadline
                    ? new NextMove.Retry(now, PossibleDoublePurchase: true)
                    : new NextMove.GiveUp();

            case FailureKind.Refused or FailureKind.Canceled or FailureKind.DeadlineExceeded:
                return new NextMove.GiveUp();

            default:
                return NextStep(slot, chain);
        }
    }

    /// <summary>The first step at or after <paramref name="from"/> that is not skipped, or <c>null</c>.</summary>
    public static int? FirstUsable(ImmutableArray<Step> chain, int from)
    {
        for (var i = from; i < chain.Length; i++)
        {
            if (!chain[i].IsSkipped)
            {
                return i;
            }
        }

        return null;
    }

    private static NextMove NextStep(Slot slot, ImmutableArray<Step> chain)
        => FirstUsable(chain, slot.Step + 1) is { } next ? new NextMove.FallBack(next) : new NextMove.GiveUp();

    /// <summary>Compares lengths, not moments: a provider may ask for a wait that no calendar holds.</summary>
    private static NextMove? RetryAfter(TimeSpan wait, DateTimeOffset now, DateTimeOffset deadline)
        => wait < deadline - now ? new NextMove.Retry(now + wait) : null;

    private static TimeSpan Backoff(int retriesUsed, double jitter)
    {
        var ceiling = Math.Min(BackoffCap.TotalSeconds, BackoffBase.TotalSeconds * Math.Pow(2, retriesUsed));
        return TimeSpan.FromSeconds(ceiling * jitter);
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan? right) => right is { } r && r > left ? r : left;
}
