using MPilot.Jobs.Storage.Tests.Conformance;

namespace MPilot.Jobs.Storage.Tests.Memory;

public sealed class MemoryBucketPutsTests : BucketConformance
{
    protected override Task<StorePorts> OpenAsync() => MemoryPorts.NewAsync();

    protected override Task CloseAsync() => Task.CompletedTask;
}
