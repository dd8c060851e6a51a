namespace MPilot.Jobs.Engine.Configuration;

/// <summary>How pictures are brought to buckets of callers: to the URLs of <c>output_url</c>.</summary>
public sealed class BucketsOptions
{
    /// <summary>
    /// Whether buckets may also be at private and loopback addresses, at these also over http. On, callers make this machine write into your own network;
    /// off, a storage server that is only there gets nothing. A cloud's metadata stays out of reach either way. Default: false.
    /// </summary>
    public bool AllowPrivateHosts { get; set; }

    /// <summary>
    /// How long one try may take, from connecting to the answer. Longer lets large pictures through slow lines, shorter frees places for others sooner.
    /// Default: 2 min.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The waits between the tries for a picture; one more try than there are waits, and none once the picture has expired. Longer ones outlast longer
    /// troubles, but not the URLs, which are signed for minutes to hours. Default: waits that fit such URLs, 5 s, 30 s, 2 min, 10 min and 30 min.
    /// </summary>
    public List<TimeSpan> Schedule { get; set; } = [];

    /// <summary>Calls to one storage server at a time, of one tenant and one process. More brings a burst sooner, fewer spares a small server. Default: 8.</summary>
    public int Concurrency { get; set; } = 8;

    /// <summary>
    /// Calls to all storage servers at a time, of one process. More lets many slow ones be waited for at once, fewer needs less memory and fewer
    /// connections. Default: 64.
    /// </summary>
    public int MaxInFlight { get; set; } = 64;

    /// <summary>
    /// Failures in a row after which a server counts as failing: from then on one call at a time probes it. Higher waits more often for one that is away,
    /// lower slows a healthy one down after a few unlucky calls. Default: 5.
    /// </summary>
    public int BreakerFailures { get; set; } = 5;

    /// <summary>
    /// How long a failing server is left alone between two probes. What is due meanwhile waits for the probe, and fails with it. Longer calls in vain less
    /// often, shorter finds out sooner that it is back. Default: 30 s.
    /// </summary>
    public TimeSpan BreakerOpenFor { get; set; } = TimeSpan.FromSeconds(30);
}
