using MPilot.Jobs.Engine.Tests.Kit;
using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.Orleans.Tests;

/// <summary>The suite on two silos. A cluster takes a second to start, and each cut wants two: the steps between are cut in the long run.</summary>
public sealed class ClusterEngineConformance : EngineConformance
{
    private static readonly int Steps = Environment.GetEnvironmentVariable("MPILOT_TEST_LONG") is null ? 5 : 1;

    protected override int Stride => Steps;

    protected override async Task<IRunningEngine> CreateEngineAsync(ProcessParts parts) => await RunningCluster.StartAsync(parts);
}
