using MPilot.Jobs.Simulators.Ledgers;
using MPilot.Jobs.Simulators.Pictures;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Simulators.Uploads;

namespace MPilot.Jobs.Simulators.Hosting;

/// <summary>What every simulated provider shares.</summary>
internal sealed record SimulatorParts(CallLedger Ledger, FaultScript Script, Gates Gates, PictureStudio Studio, PictureShelf Shelf, UploadShelf Uploads, TimeProvider Time);
