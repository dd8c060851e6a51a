using MPilot.Jobs.Storage.Tests.Conformance;

namespace MPilot.Jobs.Storage.Tests.Memory;

/// <summary>The store in memory, as all ports.</summary>
internal static class MemoryPorts
{
    public static StorePorts New()
    {
        var store = new MemoryStore();
        return new(store, store, store, store, store, store, store, store, store, store, store);
    }
}
