using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Ledger;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Chaos.Audit;

/// <summary>The stores over a database, closed by disposing.</summary>
internal sealed record OpenArchive(IAsyncDisposable Database, IJobStore Jobs, IPurchaseLedger Purchases, IArtifactLedger Artifacts) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
