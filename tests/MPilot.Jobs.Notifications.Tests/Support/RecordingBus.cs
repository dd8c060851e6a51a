using System.Threading.Channels;

using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Notifications.Bus;

namespace MPilot.Jobs.Notifications.Tests.Support;

/// <summary>A bus that takes events into a list the test reads, or does not.</summary>
internal sealed class RecordingBus : IEventBus
{
    private readonly Channel<OutboxRow> _taken = Channel.CreateUnbounded<OutboxRow>();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _inFlight = new(StringComparer.Ordinal);

    public bool IsUp { get; set; } = true;

    public string? DownBecause => null;

    public string? Problem => IsUp ? null : "It is down.";

    /// <summary>Carried out before an event is taken; what it throws the bus throws.</summary>
    public Func<OutboxRow, CancellationToken, Task>? Before { get; set; }

    /// <summary>The most jobs that were in flight at once.</summary>
    public int MostJobs { get; private set; }

    /// <summary>The most events of one job that were in flight at once.</summary>
    public int MostOfAJob { get; private set; }

    /// <summary>Ends only by being given up.</summary>
    public static Task NeverAsync(CancellationToken stop) => new TaskCompletionSource().Task.WaitAsync(stop);

    public async Task<OutboxRow> NextAsync() => await _taken.Reader.ReadAsync();

    public bool TryNext(out OutboxRow? row) => _taken.Reader.TryRead(out row);

    /// <summary>The next so many.</summary>
    public async Task<List<OutboxRow>> TakeAsync(int count)
    {
        var rows = new List<OutboxRow>();
        while (rows.Count < count)
        {
            rows.Add(await NextAsync());
        }

        return rows;
    }

    public async Task PublishAsync(OutboxRow row, CancellationToken cancellationToken)
    {
        Count(row.Job, 1);
        try
        {
            await (Before?.Invoke(row, cancellationToken) ?? Task.CompletedTask);
            _taken.Writer.TryWrite(row);
        }
        finally
        {
            Count(row.Job, -1);
        }
    }

    private void Count(string job, int change)
    {
        lock (_gate)
        {
            var now = _inFlight[job] = _inFlight.GetValueOrDefault(job) + change;
            MostOfAJob = Math.Max(MostOfAJob, now);
            MostJobs = Math.Max(MostJobs, _inFlight.Values.Count(n => n > 0));
        }
    }
}
