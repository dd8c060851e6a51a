namespace MPilot.Jobs.Engine.Configuration;

/// <summary>Limits on jobs.</summary>
public sealed class JobsOptions
{
    /// <summary>By when a job whose caller waits must be final, if the request does not say. Default: 15 min.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The same for asynchronous jobs. Default: 24 h.</summary>
    public TimeSpan AsyncDeadline { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// How long provider calls in flight may take to end when the service is told to stop. Longer loses no call of a slow provider; shorter stops sooner,
    /// and leaves calls that may be bought again at the next start. Whatever ends the process by force should wait 30 s longer than this.
    /// Default: the longest <c>Timeout</c> of a provider.
    /// </summary>
    public TimeSpan? StopTime { get; set; }

    /// <summary>
    /// How many pictures this process has on their way from providers at the same time; calls beyond wait, in a cluster for the first node with room.
    /// Higher keeps more providers busy, lower bounds memory, connections and what one crash can lose. Default: 256.
    /// </summary>
    public int MaxPicturesInFlight { get; set; } = 256;

    /// <summary>
    /// How long a waiting caller, or a listener of a job's events, goes without a look into the store: news wake them at once, this is the net
    /// for news that got lost. Lower finds those sooner, higher spares the store a read of every waiting caller in this time. Where several nodes share a
    /// store it is at most 2 s as long as nothing is heard of the others. Default: 30 s.
    /// </summary>
    public TimeSpan RereadInterval { get; set; } = TimeSpan.FromSeconds(30);
}
