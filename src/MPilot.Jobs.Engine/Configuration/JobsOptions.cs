namespace MPilot.Jobs.Engine.Configuration;

/// <summary>Limits on jobs.</summary>
public sealed class JobsOptions
{
    /// <summary>By when a job whose caller waits must be final, if the request does not say. Default: 15 min.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The same for asynchronous jobs. Default: 24 h.</summary>
    public TimeSpan AsyncDeadline { get; set; } = TimeSpan.FromHours(24);
}
