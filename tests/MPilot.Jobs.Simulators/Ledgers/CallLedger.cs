using MPilot.Jobs.Simulators.Hosting;

namespace MPilot.Jobs.Simulators.Ledgers;

/// <summary>What arrived and what was bought, in order.</summary>
public sealed class CallLedger
{
    private readonly Lock _lock = new();
    private readonly Pulse _changed = new();
    private readonly Queue<CallEntry> _calls = new();
    private readonly TimeProvider _time;
    private readonly int _capacity;
    private int _number;
    private int _inFlight;
    private LedgerSnapshot _totals = Empty;

    internal CallLedger(TimeProvider time, int capacity)
    {
        _time = time;
        _capacity = capacity;
    }

    private static LedgerSnapshot Empty => new(0, 0, 0, 0, 0, 0, 0, []);

    /// <summary>The calls kept in detail, in order of arrival.</summary>
    public IReadOnlyList<CallRecord> Calls => Read().Calls;

    /// <summary>Those of them that are billed, in order of purchase.</summary>
    public IReadOnlyList<CallRecord> Purchases => [.. Calls.Where(call => call.Purchased).OrderBy(call => call.PurchaseNumber)];

    public LedgerSnapshot Read()
    {
        lock (_lock) return _totals with { InFlight = _inFlight, Calls = [.. _calls.Select(entry => entry.Record)] };
    }

    /// <summary>Completes once <paramref name="count"/> calls are over.</summary>
    public Task FinishedAsync(int count, CancellationToken cancellation = default) => _changed.UntilAsync(() => FinishedCount >= count, cancellation);

    /// <summary>Forgets everything but the numbering. Calls in flight are forgotten too.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _calls.Clear();
            _totals = Empty with { PeakInFlight = _inFlight };
        }
    }

    internal CallEntry Arrive(string provider, string path, string? key, IReadOnlyDictionary<string, string> headers)
    {
        lock (_lock)
        {
            var entry = new CallEntry(new CallRecord
            {
                Number = ++_number, ArrivedAt = _time.GetUtcNow(), Provider = provider, Path = path, Key = key, Headers = headers,
            });
            _calls.Enqueue(entry);
            _inFlight++;
            var dropped = _calls.Count > _capacity ? 1 : 0;
            if (dropped == 1) _calls.Dequeue();
            _totals = _totals with
            {
                CallCount = _totals.CallCount + 1, Dropped = _totals.Dropped + dropped, PeakInFlight = Math.Max(_totals.PeakInFlight, _inFlight),
            };
            return entry;
        }
    }

    internal void Receive(CallEntry entry, Func<CallRecord, CallRecord> received) => Change(entry, received);

    internal void Purchase(CallEntry entry, int pictures)
    {
        lock (_lock)
        {
            _totals = _totals with { Purchases = _totals.Purchases + 1, Pictures = _totals.Pictures + pictures };
            entry.Record = entry.Record with { Purchased = true, PurchaseNumber = _totals.Purchases, Pictures = pictures };
        }
    }

    internal void Answer(CallEntry entry, int status, string? code) => Change(entry, record => record with { Status = status, Code = code });

    internal void Present(CallEntry entry, bool present) => Change(entry, record => record with { ClientPresent = present });

    internal void Finish(CallEntry entry, bool present)
    {
        lock (_lock)
        {
            entry.Record = entry.Record with { Finished = true, FinishedAt = _time.GetUtcNow(), ClientPresent = entry.Record.ClientPresent ?? present };
            _inFlight--;
            _totals = _totals with { FinishedCount = _totals.FinishedCount + 1 };
        }
        _changed.Beat();
    }

    private int FinishedCount
    {
        get
        {
            lock (_lock) return _totals.FinishedCount;
        }
    }

    private void Change(CallEntry entry, Func<CallRecord, CallRecord> change)
    {
        lock (_lock) entry.Record = change(entry.Record);
    }
}
