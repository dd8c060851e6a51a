namespace MPilot.Jobs.Tests.Kit;

/// <summary>A clock that stands still until it is advanced. Timers fire in order of their due times, on the advancing thread.</summary>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    /// <summary>Where the clock stands at first, if nothing else is said: second 1770000000 of Unix time.</summary>
    public static readonly DateTimeOffset Start = new(2026, 2, 2, 2, 40, 0, TimeSpan.Zero);

    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _armed = [];
    private readonly List<(TimeSpan Within, TaskCompletionSource Seen)> _watchers = [];
    private DateTimeOffset _now = start;

    public ManualTime()
        : this(Start)
    {
    }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Timers that will fire some day.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (_gate)
            {
                return _armed.Count;
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time go by, firing what becomes due on the way at its own moment.</summary>
    public void Advance(TimeSpan by)
    {
        var target = GetUtcNow() + by;
        while (TakeDue(target) is { } timer)
        {
            timer.Fire();
        }
    }

    /// <summary>Goes to the moment of the next timer if one is due within a span; fires all that are due then.</summary>
    public void AdvanceToNext(TimeSpan within)
    {
        DateTimeOffset? next;
        lock (_gate)
        {
            next = _armed.Count == 0 ? null : _armed.Min(t => t.DueAt);
        }

        if (next is { } due && due - GetUtcNow() is var by && by <= within)
        {
            Advance(by > TimeSpan.Zero ? by : TimeSpan.Zero);
        }
    }

    /// <summary>Completes as soon as some timer is due within a span from then.</summary>
    public Task WhenTimerWithinAsync(TimeSpan within)
    {
        lock (_gate)
        {
            if (_armed.Any(t => t.DueAt - _now <= within))
            {
                return Task.CompletedTask;
            }

            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((within, seen));
            return seen.Task;
        }
    }

    /// <summary>Lets time run from one timer to the next, as far as they are near, until something is done.</summary>
    /// <param name="near">The farthest ahead a timer may be due to be gone to.</param>
    public async Task PumpUntilAsync(Task done, TimeSpan near)
    {
        while (!done.IsCompleted)
        {
            await Task.WhenAny(done, WhenTimerWithinAsync(near));
            if (!done.IsCompleted)
            {
                AdvanceToNext(near);
            }
        }

        await done;
    }

    /// <inheritdoc cref="PumpUntilAsync(Task, TimeSpan)"/>
    public async Task<T> PumpUntilAsync<T>(Task<T> done, TimeSpan near)
    {
        await PumpUntilAsync((Task)done, near);
        return await done;
    }

    internal void Arm(ManualTimer timer, TimeSpan dueTime)
    {
        lock (_gate)
        {
            _armed.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            timer.DueAt = _now + dueTime;
            _armed.Add(timer);
            WakeWatchers_NeedsLock();
        }

        if (dueTime == TimeSpan.Zero)
        {
            ThreadPool.QueueUserWorkItem(_ => Advance(TimeSpan.Zero));
        }
    }

    internal void Disarm(ManualTimer timer)
    {
        lock (_gate)
        {
            _armed.Remove(timer);
        }
    }

    private ManualTimer? TakeDue(DateTimeOffset target)
    {
        lock (_gate)
        {
            var timer = _armed.Where(t => t.DueAt <= target).MinBy(t => t.DueAt);
            _now = timer is null ? Later(_now, target) : Later(_now, timer.DueAt);
            if (timer is null)
            {
                WakeWatchers_NeedsLock();
                return null;
            }

            if (timer.Period > TimeSpan.Zero)
            {
                timer.DueAt = _now + timer.Period;
            }
            else
            {
                _armed.Remove(timer);
            }

            return timer;
        }
    }

    private void WakeWatchers_NeedsLock()
    {
        foreach (var watcher in _watchers.Where(w => _armed.Any(t => t.DueAt - _now <= w.Within)).ToList())
        {
            _watchers.Remove(watcher);
            watcher.Seen.SetResult();
        }
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
