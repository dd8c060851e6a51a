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
    /// <param name="call">How its call failed.</param>
    /// <param name="chain">The job's chain.</param>
    /// <param name="deadline">A retry due at or after it is not worth making.</param>
    public static NextMove Decide(Slot slot, FailedCall call, ImmutableArray<Step> chain, DateTimeOffset deadline)
    {
        var (step, failure, left) = (chain[slot.Step], call.Failure, deadline - call.At);
        switch (failure.Kind)
        {
            case FailureKind.RateLimited or FailureKind.Credentials or FailureKind.Quota when IsWorthAnotherKey(slot, call) && left > TimeSpan.Zero:
                return new NextMove.ChangeKey();

            case FailureKind.Transient or FailureKind.Broken when slot.RetriesUsed < step.Retries:
                return RetryAfter(Max(Backoff(slot.RetriesUsed, call.Jitter), failure.RetryAfter), call.At, left) ?? NextStep(slot, chain);

            case FailureKind.RateLimited when NextStep(slot, chain) is NextMove.FallBack next:
                return next;

            case FailureKind.RateLimited when slot.RetriesUsed < step.Retries:
                return RetryAfter(Max(TimeSpan.Zero, failure.RetryAfter ?? Backoff(slot.RetriesUsed, call.Jitter)), call.At, left) ?? new NextMove.GiveUp();

            case FailureKind.TimedOut or FailureKind.Lost:
                return step.RetryLost && !slot.RetriedLost && left > TimeSpan.Zero
                    ? new NextMove.Retry(call.At, PossibleDoublePurchase: true)
                    : new NextMove.GiveUp();

            case FailureKind.Refused when step.FallBackOnRefusal:
                return NextStep(slot, chain);

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

    /// <summary>A key that was tried before and was chosen all the same shows that there is no other.</summary>
    private static bool IsWorthAnotherKey(Slot slot, FailedCall call)
        => call.Key is { } key && !slot.KeysTried.Contains(key, StringComparer.Ordinal) && call.OtherKeys.Except(slot.KeysTried, StringComparer.Ordinal).Any(k => k != key);

    private static NextMove NextStep(Slot slot, ImmutableArray<Step> chain)
        => FirstUsable(chain, slot.Step + 1) is { } next ? new NextMove.FallBack(next) : new NextMove.GiveUp();

    /// <summary>Compares lengths, not moments: a provider may ask for a wait that no calendar holds.</summary>
    private static NextMove? RetryAfter(TimeSpan wait, DateTimeOffset now, TimeSpan left)
        => wait < left ? new NextMove.Retry(now + wait) : null;

    private static TimeSpan Backoff(int retriesUsed, double jitter)
    {
        var ceiling = Math.Min(BackoffCap.TotalSeconds, BackoffBase.TotalSeconds * Math.Pow(2, retriesUsed));
        return TimeSpan.FromSeconds(ceiling * jitter);
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan? right) => right is { } r && r > left ? r : left;
}
