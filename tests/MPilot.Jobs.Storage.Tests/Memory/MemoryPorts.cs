using MPilot.Jobs.Storage.Tests.Conformance;

namespace MPilot.Jobs.Storage.Tests.Memory;

/// <summary>Tests elsewhere trust the store in memory: it keeps the same promises.</summary>
internal static class MemoryPorts
{
    public static Task<StorePorts> NewAsync()
    {
        var store = new MemoryStore();
        return Task.FromResult(new StorePorts(store, store, store, store, store, store, store, store, store, store, store, store));
    }
}
