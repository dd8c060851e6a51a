using MPilot.Jobs.Storage.Tests.Conformance;

namespace MPilot.Jobs.Storage.Tests.Memory;

/// <summary>Tests elsewhere trust the store in memory: it keeps the same promises.</summary>
public sealed class MemoryWebhookEndpointsTests : WebhookConformance
{
    protected override Task<StorePorts> OpenAsync() => Task.FromResult(MemoryPorts.New());

    protected override Task CloseAsync() => Task.CompletedTask;
}
