using System.Collections.Immutable;

using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Files;

namespace MPilot.Jobs.Tests.Kit;

public sealed partial class MemoryStore
{
    private readonly SortedDictionary<string, StoredFile> _files = new(StringComparer.Ordinal);

    /// <summary>All files, expired ones too.</summary>
    public ImmutableArray<StoredFile> Files
    {
        get
        {
            lock (_gate)
            {
                return [.. _files.Values];
            }
        }
    }

    /// <summary>Completes once the number of files is as wanted.</summary>
    public Task WhenFilesAreAsync(Func<int, bool> wanted) => WhenAsync(() => wanted(_files.Count));

    /// <summary>Completes once the number of artifacts is as wanted.</summary>
    public Task WhenArtifactsAreAsync(Func<int, bool> wanted) => WhenAsync(() => wanted(_artifacts.Count));

    public Task AddAsync(StoredFile file, CancellationToken cancellationToken)
        => Atomically(() =>
        {
            var artifact = file.Picture.Artifact.Id;
            if (!_artifacts.TryGetValue(artifact, out var row) || row.Record.Tenant != file.Tenant)
            {
                throw new ArtifactGoneException("The file's artifact is gone.");
            }

            Adopt_NeedsLock(file.Id, [artifact]);
            Limit_NeedsLock(file.Id, file.ExpiresAt);
            _refs.Remove((artifact, artifact));
            _files.Add(file.Id, file);
            return true;
        });

    public Task<StoredFile?> FindAsync(string tenant, string id, DateTimeOffset now, CancellationToken cancellationToken)
        => Atomically(() => Find_NeedsLock(tenant, id, now));

    public Task<IReadOnlyList<StoredFile>> ListAsync(FileQuery query, CancellationToken cancellationToken)
        => Atomically<IReadOnlyList<StoredFile>>(() =>
        {
            var all = _files.Values.Where(f => f.Tenant == query.Tenant && f.ExpiresAt > query.Now);
            var wanted = all.Where(f => query.Purpose is null || f.Purpose == query.Purpose);
            var ordered = query.OldestFirst ? wanted : wanted.Reverse();
            return [.. ordered.Where(f => query.After is null || IsBehind(f.Id, query)).Take(query.Limit)];
        });

    public Task<bool> DeleteAsync(string tenant, string id, DateTimeOffset now, CancellationToken cancellationToken)
        => Atomically(() =>
        {
            if (Find_NeedsLock(tenant, id, now) is null)
            {
                return false;
            }

            _files.Remove(id);
            Limit_NeedsLock(id, DateTimeOffset.UnixEpoch);
            return true;
        });

    public Task<int> PruneAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
        => Atomically(() =>
        {
            var expired = _files.Values.Where(f => f.ExpiresAt <= now).OrderBy(f => f.ExpiresAt).Take(limit).ToList();
            expired.ForEach(f => _files.Remove(f.Id));
            return expired.Count;
        });

    private static bool IsBehind(string id, FileQuery query)
        => query.OldestFirst ? string.CompareOrdinal(id, query.After) > 0 : string.CompareOrdinal(id, query.After) < 0;

    private StoredFile? Find_NeedsLock(string tenant, string id, DateTimeOffset now)
        => _files.GetValueOrDefault(id) is { } file && file.Tenant == tenant && file.ExpiresAt > now ? file : null;
}
