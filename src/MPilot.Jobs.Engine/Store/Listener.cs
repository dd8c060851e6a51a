namespace MPilot.Jobs.Engine.Store;

/// <summary>A caller without idempotency key who waits for the answer, and how its repeats are recognised.</summary>
/// <param name="VirtualKey">The id of its virtual key; empty where there are none.</param>
/// <param name="Fingerprint">Lower-case SHA-256 over the canonical request.</param>
/// <param name="Node">The process it is connected to.</param>
/// <param name="Epoch">That process's epoch: once expired, nobody listens there.</param>
public sealed record Listener(string VirtualKey, string Fingerprint, string Node, long Epoch)
{
    /// <summary>The number of the listener a job is stored with; each that attaches has the next.</summary>
    public const int First = 1;

    /// <summary>It says that it asks again (<c>x-stainless-retry-count</c> above 0), so whoever seems to listen is itself.</summary>
    public bool AsksAgain { get; init; }

    /// <summary>How long after its end a job whose answer did not arrive is found.</summary>
    public TimeSpan Window { get; init; }
}
