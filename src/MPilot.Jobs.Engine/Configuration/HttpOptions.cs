namespace MPilot.Jobs.Engine.Configuration;

/// <summary>The HTTP front.</summary>
public sealed class HttpOptions
{
    /// <summary>The address to listen on. Without keys only a loopback address is allowed. Port 0 takes a free one. Default: <c>http://127.0.0.1:8080</c>.</summary>
    public string Listen { get; set; } = "http://127.0.0.1:8080";

    /// <summary>What links start with. Default: the first listening address.</summary>
    public Uri? PublicBaseUrl { get; set; }

    /// <summary><c>b64_json</c> or <c>url</c>, for requests that do not say. Default: <c>b64_json</c>.</summary>
    public string DefaultResponseFormat { get; set; } = "b64_json";

    /// <summary>Web origins (<c>https://host[:port]</c>) whose pages may call the service: without keys at all, with keys by bringing one. Default: none.</summary>
    public List<string> AllowedOrigins { get; set; } = [];

    /// <summary>
    /// Whether <c>/metrics</c> tells Prometheus what happens. On, every measurement is kept, for next to nothing; off, nothing is measured unless it is exported.
    /// Default: true.
    /// </summary>
    public bool Metrics { get; set; } = true;

    /// <summary>
    /// Whether other machines may read <c>/metrics</c>, without a key. On, whoever reaches the port sees names of providers and how much is made; off, Prometheus has to run
    /// on this machine. A proxy in front must not pass the path on either way. Default: false.
    /// </summary>
    public bool RemoteMetrics { get; set; }

    /// <summary>Largest request body in bytes. Default: 268,435,456 (256 MiB).</summary>
    public long MaxBodyBytes { get; set; } = 256L << 20;

    /// <summary>
    /// How long a caller waits who says that it asks again by itself (<c>x-stainless-retry-count</c>): then it is told to, and finds its job. Longer
    /// reaches the limits of proxies and clients in between, shorter makes callers of slow models send their pictures again. Default: 280 s.
    /// </summary>
    public TimeSpan SyncLimit { get; set; } = TimeSpan.FromSeconds(280);

    /// <summary>
    /// How long after its end a job is found by the same request without key, if its answer did not arrive. Longer saves later repeats a purchase, shorter
    /// gives a caller who left and wants another picture a new one sooner. Default: 10 min.
    /// </summary>
    public TimeSpan AttachWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many bytes of a refused request are still read, so that its client sees the answer instead of a reset. Default: 67,108,864 (64 MiB).</summary>
    public long DrainBytes { get; set; } = 64L << 20;

    /// <summary>How long a refused request is still read. Default: 10 s.</summary>
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether picture URLs in requests are fetched. On, callers make this machine send requests to public addresses; off, such requests get a
    /// 400 and pictures must be sent themselves. Default: true.
    /// </summary>
    public bool FetchPictures { get; set; } = true;

    /// <summary>
    /// Whether pictures may also be fetched from private and loopback addresses, from these also over http. On, callers reach the servers of your own network
    /// through this one; off, pictures that are only there must be sent themselves. A cloud's metadata stays out of reach either way. Default: false.
    /// </summary>
    public bool FetchPrivateHosts { get; set; }

    /// <summary>Ports pictures may be fetched from, besides 443 (and 80 for http). More let callers try more of other servers' ports. Default: none.</summary>
    public List<int> FetchPorts { get; set; } = [];

    /// <summary>How long a picture's host may take to begin its answer. Longer waits for slow hosts while the caller waits. Default: 10 s.</summary>
    public TimeSpan FetchHeaderTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one picture may take to fetch. Longer takes large pictures from slow hosts, shorter refuses those that drip sooner. Default: 60 s.</summary>
    public TimeSpan FetchTime { get; set; } = TimeSpan.FromSeconds(60);
}
