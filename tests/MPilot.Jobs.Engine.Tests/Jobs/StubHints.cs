using MPilot.Jobs.Engine.Events;

namespace MPilot.Jobs.Engine.Tests.Jobs;

/// <summary>A way to other nodes that the test opens and closes.</summary>
internal sealed class StubHints : IStoreHints
{
    public bool AreHeard { get; set; }

    public void Announce(string job)
    {
        // There is nobody.
    }
}
