namespace MPilot.Jobs.Engine.Configuration;

/// <summary>When a key that fails time after time is left alone.</summary>
public sealed class BreakerOptions
{
    /// <summary>
    /// Failures in a row (5xx, timeouts, answers without a picture) that open a key's breaker. Higher tries a dead provider longer, each time at the cost of a
    /// wait; lower gives up on a healthy one after a few unlucky calls. Default: 5.
    /// </summary>
    public int Failures { get; set; } = 5;

    /// <summary>
    /// How long it is open before one call at a time probes the key. Longer leaves a provider alone that is back; shorter spends more jobs' attempts on probes.
    /// Default: 30 s.
    /// </summary>
    public TimeSpan OpenFor { get; set; } = TimeSpan.FromSeconds(30);
}
