using MPilot.Jobs.Simulators.Hosting;

namespace MPilot.Jobs.Simulators.Scripting;

/// <summary>Named places where calls wait until they are released.</summary>
internal sealed class Gates
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<TaskCompletionSource>> _held = new(StringComparer.Ordinal);
    private readonly Pulse _changed = new();

    public async Task HoldAsync(string gate, CancellationToken cancellation)
    {
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock) Queue(gate).Add(released);
        _changed.Beat();
        try
        {
            await released.Task.WaitAsync(cancellation);
        }
        finally
        {
            lock (_lock) Queue(gate).Remove(released);
        }
    }

    public int Release(string gate, int count)
    {
        TaskCompletionSource[] leaving;
        lock (_lock)
        {
            var queue = Queue(gate);
            leaving = [.. queue.Take(count)];
            queue.RemoveRange(0, leaving.Length);
        }
        foreach (var released in leaving) released.TrySetResult();
        return leaving.Length;
    }

    public async Task<int> HeldAsync(string gate, int count, CancellationToken cancellation)
    {
        await _changed.UntilAsync(() => Held(gate) >= count, cancellation);
        return Held(gate);
    }

    private int Held(string gate)
    {
        lock (_lock) return Queue(gate).Count;
    }

    private List<TaskCompletionSource> Queue(string gate)
    {
        if (!_held.TryGetValue(gate, out var queue)) _held[gate] = queue = [];
        return queue;
    }
}
