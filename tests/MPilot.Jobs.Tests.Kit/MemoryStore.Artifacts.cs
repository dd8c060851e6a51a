using System.Collections.Immutable;

using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Tests.Kit;

public sealed partial class MemoryStore
{
    private readonly Dictionary<string, (ArtifactRecord Record, bool Deleting)> _artifacts = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Artifact, string Owner), DateTimeOffset?> _refs = [];

    /// <summary>All artifacts, those being deleted too.</summary>
    public ImmutableArray<ArtifactRecord> Artifacts
    {
        get
        {
            lock (_gate)
            {
                return [.. _artifacts.Values.Select(a => a.Record)];
            }
        }
    }

    /// <summary>Puts an artifact there as if it had always been, kept for ever; also while the store is away.</summary>
    public void Put(ArtifactRecord record)
    {
        lock (_gate)
        {
            var id = record.Artifact.Id;
            _artifacts[id] = (record, false);
            _refs[(id, id)] = null;
        }
    }

    /// <summary>Loses an artifact's row.</summary>
    public void Forget(string id)
    {
        lock (_gate)
        {
            _artifacts.Remove(id);
        }
    }

    public Task AddAsync(IReadOnlyCollection<ArtifactRecord> artifacts, DateTimeOffset until, CancellationToken cancellationToken)
        => Atomically(() =>
        {
            foreach (var record in artifacts)
            {
                _artifacts[record.Artifact.Id] = (record, false);
                _refs[(record.Artifact.Id, record.Artifact.Id)] = until;
            }

            return true;
        });

    public Task<ArtifactLife?> FindAsync(string id, CancellationToken cancellationToken)
        => Atomically(() =>
        {
            if (!_artifacts.TryGetValue(id, out var row) || row.Deleting)
            {
                return null;
            }

            var ends = _refs.Where(r => r.Key.Artifact == id).Select(r => r.Value).ToList();
            return new ArtifactLife(row.Record, ends.Contains(null) ? null : ends.Max());
        });

    public Task<IReadOnlyList<string>> MarkDeletingAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
        => Atomically<IReadOnlyList<string>>(() =>
        {
            foreach (var ended in _refs.Where(r => r.Value < now).Select(r => r.Key).ToList())
            {
                _refs.Remove(ended);
            }

            var kept = _refs.Keys.Select(k => k.Artifact).ToHashSet(StringComparer.Ordinal);
            foreach (var id in _artifacts.Keys.Where(id => !kept.Contains(id)).ToList())
            {
                _artifacts[id] = _artifacts[id] with { Deleting = true };
            }

            return [.. _artifacts.Where(a => a.Value.Deleting).Select(a => a.Key).Take(limit)];
        });

    public Task RemoveAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
        => Atomically(() =>
        {
            foreach (var id in ids.Where(id => _artifacts.TryGetValue(id, out var row) && row.Deleting))
            {
                _artifacts.Remove(id);
            }

            return true;
        });

    public Task<IReadOnlyList<string>> FilterUnknownAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
        => Atomically<IReadOnlyList<string>>(() => [.. ids.Where(id => !_artifacts.ContainsKey(id))]);

    private void Adopt_NeedsLock(string owner, IEnumerable<string> artifacts)
    {
        var ids = artifacts.ToList();
        if (ids.Any(id => !_artifacts.TryGetValue(id, out var row) || row.Deleting))
        {
            throw new ArtifactGoneException("An artifact to adopt is gone.");
        }

        ids.ForEach(id => _refs[(id, owner)] = null);
    }

    private void Limit_NeedsLock(string owner, DateTimeOffset until)
    {
        foreach (var key in _refs.Keys.Where(k => k.Owner == owner).ToList())
        {
            _refs[key] = until;
        }
    }
}
