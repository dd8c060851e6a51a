namespace MPilot.Jobs.Engine.Artifacts;

/// <summary>
/// Keeps immutable bytes by name. Knows nothing of owners: <see cref="IArtifactLedger"/> does.
/// Calls throw <see cref="Store.StoreUnavailableException"/> when bytes cannot be read or written (disk full, storage away).
/// </summary>
public interface IArtifactStore
{
    /// <summary>Says whether another large picture can be kept, by throwing where it cannot: asked before one is paid for.</summary>
    ValueTask EnsureRoomAsync(CancellationToken cancellationToken);

    /// <summary>Starts writing new bytes. Nothing is visible under the name until the writer commits.</summary>
    ValueTask<ArtifactWriter> CreateAsync(string id, CancellationToken cancellationToken);

    /// <summary>Opens committed bytes: a seekable, asynchronous stream from the beginning, its length known.</summary>
    /// <exception cref="ArtifactGoneException">There are no such bytes.</exception>
    ValueTask<Stream> OpenReadAsync(string id, CancellationToken cancellationToken);

    /// <summary>Deletes committed bytes; no error if there are none.</summary>
    ValueTask DeleteAsync(string id, CancellationToken cancellationToken);

    /// <summary>Names of committed bytes written before a moment, for the sweeper to hold against the ledger.</summary>
    IAsyncEnumerable<string> ListAsync(DateTimeOffset writtenBefore, CancellationToken cancellationToken);

    /// <summary>Deletes what unfinished writers of dead processes left behind before a moment.</summary>
    ValueTask DeleteAbandonedAsync(DateTimeOffset writtenBefore, CancellationToken cancellationToken);
}
