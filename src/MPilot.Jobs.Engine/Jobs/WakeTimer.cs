namespace MPilot.Jobs.Engine.Jobs;

/// <summary>Timers of due times.</summary>
internal static class WakeTimer
{
    /// <summary>Due times farther away than this are left to the due sweep. 1 min.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromMinutes(1);

    /// <summary>A timer that wakes once, or <c>null</c> where that is left to the sweep.</summary>
    public static ITimer? Start(DateTimeOffset wakeAt, TimeProvider time, Action wake)
    {
        var now = time.GetUtcNow();
        if (wakeAt - now > Horizon)
        {
            return null;
        }

        var delay = wakeAt > now ? wakeAt - now : TimeSpan.FromMilliseconds(1);
        return time.CreateTimer(_ => wake(), null, delay, Timeout.InfiniteTimeSpan);
    }
}
