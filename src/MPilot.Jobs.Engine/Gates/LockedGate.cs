using MPilot.Jobs.Engine.Telemetry;

namespace MPilot.Jobs.Engine.Gates;

/// <summary>Hosts the rules of a gate in a process: a lock around them, a timer for their wake-ups. What has to be told is told outside the lock.</summary>
internal sealed class LockedGate : IDisposable
{
    /// <summary>Later wake-ups are reached in stages: well within what a timer can wait.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly ProviderGate _gate;
    private readonly TimeProvider _time;
    private readonly Action<GateTelling> _tell;
    private readonly ITimer _timer;
    private DateTimeOffset? _wakeAt;

    public LockedGate(ProviderGate gate, TimeProvider time, Action<GateTelling> tell)
    {
        (_gate, _time, _tell) = (gate, time, tell);
        _timer = time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Makes one call of the gate.</summary>
    public T Call<T>(Func<ProviderGate, DateTimeOffset, T> call)
    {
        T answer;
        IReadOnlyList<GateTelling> told;
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            answer = call(_gate, now);
            told = _gate.TakeTold();
            Arm_NeedsLock(now);
        }

        foreach (var telling in told)
        {
            _tell(telling);
        }

        return answer;
    }

    /// <summary>How the gate of a provider stands.</summary>
    public GateReading Read(string provider) => Call((gate, _) => new GateReading(provider, gate.Queued, gate.InFlight, gate.OpenBreakers));

    public void Dispose() => _timer.Dispose();

    private void Wake()
        => Call((gate, now) =>
        {
            _wakeAt = null;
            gate.Wake(now);
            return true;
        });

    private void Arm_NeedsLock(DateTimeOffset now)
    {
        if (_gate.WakeAt == _wakeAt)
        {
            return;
        }

        _wakeAt = _gate.WakeAt;
        _timer.Change(_wakeAt is { } at ? Wait(at - now) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Timers count whole milliseconds: rounded up, or they would fire before the moment.</summary>
    private static TimeSpan Wait(TimeSpan wait)
        => wait > LongestWait ? LongestWait : TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait.TotalMilliseconds)));
}
