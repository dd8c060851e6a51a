using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Engine.Telemetry;

/// <summary>Looks at the outbox when somebody reads the metrics, at most once a second.</summary>
public sealed class OutboxWatch(IOutbox outbox, TimeProvider time)
{
    /// <summary>How long a look is good for, and how long one may take. 1 s.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private (OutboxBacklog? Backlog, long At)? _last;

    /// <summary>The backlog, or <c>null</c> while the store does not tell.</summary>
    public OutboxBacklog? Read()
    {
        lock (_gate)
        {
            if (_last is not { } last || time.GetElapsedTime(last.At) >= Freshness)
            {
                last = (Look(), time.GetTimestamp());
                _last = last;
            }

            return last.Backlog;
        }
    }

    /// <summary>Instruments are observed synchronously: the one who reads them waits, no request does.</summary>
    private OutboxBacklog? Look()
    {
        using var patience = new CancellationTokenSource(Freshness);
        try
        {
            return Task.Run(() => outbox.MeasureAsync(patience.Token), patience.Token).WaitAsync(patience.Token).GetAwaiter().GetResult();
        }
        catch (Exception away) when (away is OperationCanceledException or StoreUnavailableException)
        {
            return null;
        }
    }
}
