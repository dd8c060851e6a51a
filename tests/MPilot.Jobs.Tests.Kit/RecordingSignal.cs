using MPilot.Jobs.Engine.Events;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>Counts the commits that were told to the relay.</summary>
public sealed class RecordingSignal : IOutboxSignal
{
    private int _commits;

    public int Commits => _commits;

    public void Committed(string tenant, string job) => Interlocked.Increment(ref _commits);
}
