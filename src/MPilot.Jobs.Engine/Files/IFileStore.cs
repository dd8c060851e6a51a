namespace MPilot.Jobs.Engine.Files;

/// <summary>
/// The files callers have uploaded: rows, not bytes. A file keeps its picture's artifact alive until it expires or is deleted; jobs that
/// adopted the artifact keep it beyond that. Calls throw <see cref="Store.StoreUnavailableException"/> when the store cannot be reached.
/// Time is always passed in.
/// </summary>
public interface IFileStore
{
    /// <summary>Enters a file, which keeps its artifact from then on, in one durable transaction.</summary>
    /// <exception cref="Artifacts.ArtifactGoneException">The artifact is missing, another tenant's, or being deleted; nothing was written.</exception>
    Task AddAsync(StoredFile file, CancellationToken cancellationToken);

    /// <summary>The file as its owner may see it, or <c>null</c>: another tenant's or an expired one does not exist.</summary>
    Task<StoredFile?> FindAsync(string tenant, string id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>A tenant's files in the order of their ids.</summary>
    Task<IReadOnlyList<StoredFile>> ListAsync(FileQuery query, CancellationToken cancellationToken);

    /// <summary>Deletes a file. False: there is none, as for <see cref="FindAsync"/>.</summary>
    Task<bool> DeleteAsync(string tenant, string id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Deletes the rows of files that have expired, at most so many.</summary>
    /// <returns>How many rows went.</returns>
    Task<int> PruneAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);
}
