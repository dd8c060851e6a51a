namespace MPilot.Jobs.Engine.Configuration;

/// <summary>One configured provider.</summary>
public sealed class ProviderOptions
{
    /// <summary>The driver: <c>openai</c>, <c>replicate</c> or <c>local</c>. Required.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Where the API is, such as <c>https://api.openai.com/v1</c>. Default: the kind's own.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>Keys, chosen by weight. Required by kinds that need one.</summary>
    public List<ProviderKeyOptions> Keys { get; set; } = [];

    /// <summary>Patterns (<c>*</c> matches any run) of the models that bare names may find here. Default: the kind's own.</summary>
    public List<string> Models { get; set; } = [];

    /// <summary>What models can do, where it differs from what the driver knows; the first row that matches counts. Default: none.</summary>
    public List<CapabilityOptions> Capabilities { get; set; } = [];

    /// <summary>Allowed length of one attempt. Longer waits for slow models; shorter gives up sooner and risks paying for an answer nobody reads. Default: 5 min.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a step is tried again after a failure that may pass. Higher hides more faults and takes longer to fall back. Default: 2.</summary>
    public int Retries { get; set; } = 2;

    /// <summary>Calls in flight per key. Higher is faster until the provider says 429. Default: 32.</summary>
    public int Concurrency { get; set; } = 32;

    /// <summary>
    /// Calls a key starts in any 60 seconds. Higher is faster until the provider says 429; lower leaves paid allowance unused and makes jobs wait. Default: no limit.
    /// </summary>
    public int? RequestsPerMinute { get; set; }

    /// <summary>
    /// Share of a key's <see cref="Concurrency"/>, rounded down, that only jobs somebody waits for may use. Higher answers those sooner when the line is full of
    /// others; the places stay empty while nobody waits, so that batches take longer. 0 is first come first served. Default: 0.25.
    /// </summary>
    public double AwaitedReserve { get; set; } = 0.25;

    /// <summary>
    /// Calls in line at which new jobs are answered 503; accepted ones are never dropped, and a tenant with less than an equal share of the line is still taken.
    /// Higher takes on larger floods, whose last jobs may miss their deadlines; lower turns callers away who could have been served. Default: 10000.
    /// </summary>
    public int MaxQueued { get; set; } = 10_000;

    /// <summary>When a key that fails time after time is left alone.</summary>
    public BreakerOptions Breaker { get; set; } = new();

    /// <summary>How long a key rests that the provider turned away.</summary>
    public CoolDownOptions CoolDown { get; set; } = new();

    /// <summary>What to do when nobody knows whether a call was bought: <c>retry</c> once (may buy twice) or <c>fail</c>. Default: <c>retry</c>.</summary>
    public string OnLost { get; set; } = "retry";

    /// <summary>
    /// What the provider charges; the first row whose pattern matches the model counts. A model without a row has an unknown price, and so has
    /// every job it serves; the built-in editor is free without one. Default: none.
    /// </summary>
    public List<PriceOptions> Prices { get; set; } = [];

    /// <summary>Further hosts result pictures may be downloaded from, besides the host of <see cref="BaseUrl"/>. Default: none.</summary>
    public List<string> DownloadHosts { get; set; } = [];
}
