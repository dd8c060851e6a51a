using MPilot.Jobs.Engine.Budgets;
using MPilot.Jobs.Engine.Telemetry;

namespace MPilot.Jobs.Imaging;

/// <summary>Bounds the pixels decoded at the same time in this process.</summary>
/// <param name="pixels">The most pixels in flight. Default: 64,000,000.</param>
public sealed class PixelBudget(long pixels = PixelBudget.DefaultPixels)
{
    /// <summary>64 megapixels.</summary>
    public const long DefaultPixels = 64_000_000;

    private readonly FairBudget _budget = new(pixels);

    /// <summary>Told of every wait; <c>null</c>: nobody is.</summary>
    public JobsInstruments? Instruments { private get; init; }

    /// <summary>Pixels that could be taken at once, if nobody were waiting.</summary>
    public long Free => _budget.Free;

    /// <summary>How many wait.</summary>
    public int Waiting => _budget.Waiting;

    /// <summary>Takes pixels out of the budget until the answer is disposed of.</summary>
    /// <param name="wanted">Width times height of what is to be decoded.</param>
    /// <exception cref="OperationCanceledException">Canceled while waiting; nothing was taken.</exception>
    public async ValueTask<IDisposable> TakeAsync(long wanted, CancellationToken cancellationToken)
    {
        var asked = Instruments?.Start();
        var share = await _budget.TakeAsync(wanted, cancellationToken);
        if (asked is { } start)
        {
            Instruments!.OnPixelsGranted(start);
        }

        return share;
    }
}
