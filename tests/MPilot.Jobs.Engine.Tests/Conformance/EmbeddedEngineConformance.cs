using MPilot.Jobs.Engine.Tests.Kit;
using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.Engine.Tests.Conformance;

public sealed class EmbeddedEngineConformance : EngineConformance
{
    protected override async Task<IRunningEngine> CreateEngineAsync(ProcessParts parts) => await RunningEmbeddedEngine.StartAsync(parts);
}
