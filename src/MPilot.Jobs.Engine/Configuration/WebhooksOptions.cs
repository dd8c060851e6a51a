namespace MPilot.Jobs.Engine.Configuration;

/// <summary>How events are brought to URLs of callers.</summary>
public sealed class WebhooksOptions
{
    /// <summary>
    /// Whether webhooks may also go to private and loopback addresses, to these also over http. On, callers make this machine send requests into your own
    /// network; off, receivers that are only there hear nothing. A cloud's metadata stays out of reach either way. Default: false.
    /// </summary>
    public bool AllowPrivateHosts { get; set; }

    /// <summary>
    /// How long a receiver may take to answer, connecting included. Longer waits for slow ones, which may get the same again when they did take it;
    /// shorter frees places for others sooner. Default: 15 s.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The waits between the tries of a delivery; one more try than there are waits, then it is given up. Longer ones reach receivers that are away for long,
    /// fewer ones keep the log short. Default: those of Standard Webhooks, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h.
    /// </summary>
    public List<TimeSpan> Schedule { get; set; } = [];

    /// <summary>Calls to one receiver at a time, of one process. More brings a burst sooner, fewer spares a small receiver. Default: 8.</summary>
    public int Concurrency { get; set; } = 8;

    /// <summary>
    /// Calls to all receivers at a time, of one process. More lets many slow receivers be waited for at once, fewer needs less memory and fewer connections.
    /// Default: 256.
    /// </summary>
    public int MaxInFlight { get; set; } = 256;

    /// <summary>
    /// Failures in a row after which a receiver counts as failing: from then on one call at a time probes it. Higher waits more often for one that is away,
    /// lower slows a healthy one down after a few unlucky calls. Default: 5.
    /// </summary>
    public int BreakerFailures { get; set; } = 5;

    /// <summary>
    /// How long a failing receiver is left alone between two probes. What is due meanwhile waits for the probe, and fails with it. Longer calls in vain less
    /// often, shorter finds out sooner that it is back. Default: 30 s.
    /// </summary>
    public TimeSpan BreakerOpenFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long the secret before signs along after a rotation. Longer gives receivers time to change over, shorter ends the use of a leaked secret sooner.
    /// Default: 24 h.
    /// </summary>
    public TimeSpan RotationOverlap { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Endpoints a tenant may have. Each event is brought to all of them that want it. Default: 20.</summary>
    public int MaxEndpoints { get; set; } = 20;
}
