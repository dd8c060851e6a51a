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
}
