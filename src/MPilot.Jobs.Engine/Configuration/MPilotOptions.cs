namespace MPilot.Jobs.Engine.Configuration;

/// <summary>The whole configuration: the section <c>MPilot</c>.</summary>
public sealed class MPilotOptions
{
    /// <summary>Folder for the database and the artifacts. Default: <c>data</c> under the working directory.</summary>
    public string Data { get; set; } = "data";

    /// <summary>Providers by the name that prefixes their models. Default: <c>local</c>, and <c>openai</c> if OPENAI_API_KEY is set.</summary>
    public Dictionary<string, ProviderOptions> Providers { get; set; } = new(StringComparer.Ordinal);

    /// <summary>
    /// The keys of callers. With keys every call needs one, and the service may listen on any address; without, it serves this machine only and asks
    /// nobody who they are. Default: none.
    /// </summary>
    public List<VirtualKeyOptions> Keys { get; set; } = [];

    /// <summary>Model names callers use → <c>provider/model</c>. Default: <c>gpt-image-1</c> → <c>openai/gpt-image-2</c> where openai is configured.</summary>
    public Dictionary<string, string> Aliases { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The <c>provider/model</c> for bare names that nothing else matches. Default: none, such names get 404.</summary>
    public string? DefaultModel { get; set; }

    /// <summary>
    /// The currency of all prices and costs, in the three letters of ISO 4217. There is one, so that costs add up: prices in another
    /// have to be converted into it. Default: USD.
    /// </summary>
    public string Currency { get; set; } = "USD";

    /// <summary>Where pictures are kept.</summary>
    public ArtifactsOptions Artifacts { get; set; } = new();

    /// <summary>Where jobs are kept.</summary>
    public StoreOptions Store { get; set; } = new();

    /// <summary>How a node takes part in a cluster.</summary>
    public ClusterOptions Cluster { get; set; } = new();

    /// <summary>Where events go for other programs.</summary>
    public BusOptions Bus { get; set; } = new();

    /// <summary>The HTTP front.</summary>
    public HttpOptions Http { get; set; } = new();

    /// <summary>Limits on jobs.</summary>
    public JobsOptions Jobs { get; set; } = new();

    /// <summary>How events are brought to URLs of callers.</summary>
    public WebhooksOptions Webhooks { get; set; } = new();

    /// <summary>How pictures are brought to buckets of callers.</summary>
    public BucketsOptions Buckets { get; set; } = new();

    /// <summary>How long things are kept.</summary>
    public RetentionOptions Retention { get; set; } = new();

    /// <summary>What is told about the service to others.</summary>
    public TelemetryOptions Telemetry { get; set; } = new();

    /// <summary>Limits on pictures.</summary>
    public PicturesOptions Pictures { get; set; } = new();
}
