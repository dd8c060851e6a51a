using MPilot.Jobs.Engine.Telemetry;

namespace MPilot.Jobs.Imaging;

/// <summary>Bounds the pixels decoded at the same time in this process. Who does not fit waits in order of arrival; who would never fit runs alone.</summary>
/// <param name="pixels">The most pixels in flight. Default: 64,000,000.</param>
public sealed class PixelBudget(long pixels = PixelBudget.DefaultPixels)
{
    /// <summary>64 megapixels.</summary>
    public const long DefaultPixels = 64_000_000;

    private readonly Lock _lock = new();
    private readonly LinkedList<PixelRequest> _waiting = [];
    private readonly long _all = pixels;
    private long _free = pixels;

    /// <summary>Told of every wait; <c>null</c>: nobody is.</summary>
    public JobsInstruments? Instruments { private get; init; }

    /// <summary>Pixels that could be taken at once, if nobody were waiting.</summary>
    public long Free
    {
        get
        {
            lock (_lock)
            {
                return _free;
            }
        }
    }

    /// <summary>How many wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Takes pixels out of the budget until the answer is disposed of.</summary>
    /// <param name="wanted">Width times height of what is to be decoded.</param>
    /// <exception cref="OperationCanceledException">Canceled while waiting; nothing was taken.</exception>
    public async ValueTask<IDisposable> TakeAsync(long wanted, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(wanted);
        cancellationToken.ThrowIfCancellationRequested();
        var asked = Instruments?.Start();
        var request = new PixelRequest(this, Math.Min(wanted, _all));
        lock (_lock)
        {
            request.Place = _waiting.AddLast(request);
            Admit();
        }

        await using var registration = cancellationToken.UnsafeRegister(static (state, token) => ((PixelRequest)state!).Abandon(token), request);
        await request.Admitted;
        if (asked is { } start)
        {
            Instruments!.OnPixelsGranted(start);
        }

        return request;
    }

    internal void GiveBack(PixelRequest request)
    {
        lock (_lock)
        {
            _free += request.Pixels;
            Admit();
        }
    }

    internal void Abandon(PixelRequest request, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (request.Place is null)
            {
                return;
            }

            Leave(request);
            request.Cancel(cancellationToken);
            Admit();
        }
    }

    private void Admit()
    {
        while (_waiting.First is { Value: var next } && next.Pixels <= _free)
        {
            _free -= next.Pixels;
            Leave(next);
            next.Admit();
        }
    }

    private void Leave(PixelRequest request)
    {
        _waiting.Remove(request.Place!);
        request.Place = null;
    }
}
