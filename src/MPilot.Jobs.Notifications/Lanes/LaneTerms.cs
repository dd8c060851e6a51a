using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Notifications.Lanes;

/// <summary>What the lanes of one kind of delivery may hold.</summary>
/// <param name="Concurrency">Calls to one receiver at a time.</param>
/// <param name="MaxInFlight">Calls to all receivers at a time.</param>
/// <param name="BreakerFailures">Failures in a row after which a receiver is only probed.</param>
/// <param name="BreakerOpenFor">How far apart probes are.</param>
public sealed record LaneTerms(int Concurrency, int MaxInFlight, int BreakerFailures, TimeSpan BreakerOpenFor)
{
    public static LaneTerms Of(WebhooksOptions options) => new(options.Concurrency, options.MaxInFlight, options.BreakerFailures, options.BreakerOpenFor);

    public static LaneTerms Of(BucketsOptions options) => new(options.Concurrency, options.MaxInFlight, options.BreakerFailures, options.BreakerOpenFor);
}
