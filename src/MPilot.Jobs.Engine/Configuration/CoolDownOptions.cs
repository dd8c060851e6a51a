namespace MPilot.Jobs.Engine.Configuration;

/// <summary>How long a key rests that the provider turned away.</summary>
public sealed class CoolDownOptions
{
    /// <summary>
    /// After a 429 that does not say how long. Longer leaves allowance unused; shorter collects more 429, which some providers punish. Default: 10 s.
    /// </summary>
    public TimeSpan RateLimited { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// After a key was not accepted: other keys and other steps are taken meanwhile; a job that has neither tries it all the same. Longer notices later that it works again (a restart does at once); shorter spends more attempts on a dead key. Default: 10 min.
    /// </summary>
    public TimeSpan Credentials { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The same after a key had no money or allowance left and the provider did not say until when. Longer notices later that it was topped up; shorter spends more
    /// attempts on an empty key. Default: 10 min.
    /// </summary>
    public TimeSpan Quota { get; set; } = TimeSpan.FromMinutes(10);
}
