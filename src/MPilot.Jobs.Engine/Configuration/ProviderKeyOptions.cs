namespace MPilot.Jobs.Engine.Configuration;

/// <summary>One key of a provider.</summary>
public sealed class ProviderKeyOptions
{
    /// <summary>What logs and trails call it. Default: <c>key1</c>, <c>key2</c>, …</summary>
    public string? Name { get; set; }

    /// <summary>The secret, or <c>env:NAME</c> to read it from an environment variable. Never logged.</summary>
    public string Secret { get; set; } = "";

    /// <summary>Share of calls relative to the provider's other keys. Default: 1.</summary>
    public double Weight { get; set; } = 1;

    /// <summary>Calls in flight with this key. Higher is faster until the provider says 429. Default: the provider's.</summary>
    public int? Concurrency { get; set; }

    /// <summary>Calls this key starts in any 60 seconds. Higher is faster until the provider says 429. Default: the provider's.</summary>
    public int? RequestsPerMinute { get; set; }
}
