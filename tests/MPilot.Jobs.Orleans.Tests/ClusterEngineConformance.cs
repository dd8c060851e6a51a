using MPilot.Jobs.Engine.Tests.Conformance;
using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.Orleans.Tests;

public sealed class ClusterEngineConformance : EngineConformance
{
    protected override async Task<IRunningEngine> CreateEngineAsync(ProcessParts parts) => await RunningCluster.StartAsync(parts);
}
