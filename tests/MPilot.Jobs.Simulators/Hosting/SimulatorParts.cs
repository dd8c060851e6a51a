using MPilot.Jobs.Simulators.Ledgers;
using MPilot.Jobs.Simulators.Pictures;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Simulators.Uploads;

namespace MPilot.Jobs.Simulators.Hosting;

/// <summary>What every simulated provider shares.</summary>
internal sealed record SimulatorParts(CallLedger Ledger, FaultScript Script, Gates Gates, PictureStudio Studio, PictureShelf Shelf, UploadShelf Uploads, TimeProvider Time)
{
    /// <summary>Lets time go by on the simulator's clock.</summary>
    public Task ElapseAsync(TimeSpan span, CancellationToken cancellation)
    {
        var clock = Time;
        return Task.Delay(span, clock, cancellation);
    }
}
