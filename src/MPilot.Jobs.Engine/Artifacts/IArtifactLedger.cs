namespace MPilot.Jobs.Engine.Artifacts;

/// <summary>Which artifacts exist and who keeps them alive: rows, not bytes.</summary>
public interface IArtifactLedger
{
    /// <summary>Enters artifacts that own themselves until a moment. Entering the same one again is harmless.</summary>
    Task AddAsync(IReadOnlyCollection<ArtifactRecord> artifacts, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>The artifact and until when it lives (<c>null</c>: open-ended), or <c>null</c> if there is none or it is being deleted.</summary>
    Task<ArtifactLife?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Drops references that ended before <paramref name="now"/>, marks artifacts nobody refers to any more as deleting, and returns all that are marked.</summary>
    Task<IReadOnlyList<string>> MarkDeletingAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>Removes the rows of artifacts that were marked and whose bytes are gone.</summary>
    Task RemoveAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>Which of these have no row at all.</summary>
    Task<IReadOnlyList<string>> FilterUnknownAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);
}
