using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.Orleans.Tests;

/// <summary>
/// The world's clock as one process has it: the dead wait for nothing more. What a dead node's loops would go on waiting for would move the world's time, by
/// minutes within the moment that living nodes need to call each other.
/// </summary>
internal sealed class ProcessTime(ManualTime world, Task died) : TimeProvider
{
    public override long TimestampFrequency => world.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => world.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => world.GetUtcNow();

    public override long GetTimestamp() => world.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        => died.IsCompleted
            ? world.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan)
            : world.CreateTimer(callback, state, dueTime, period);
}
