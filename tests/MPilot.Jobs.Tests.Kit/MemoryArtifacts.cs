using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>An artifact store over plain memory. Every writer that was begun can be looked at, and how it ended.</summary>
public sealed class MemoryArtifacts(TimeProvider time) : IArtifactStore
{
    private readonly ConcurrentDictionary<string, (byte[] Bytes, DateTimeOffset WrittenAt)> _committed = new(StringComparer.Ordinal);
    private ImmutableList<MemoryWriter> _writers = [];

    /// <summary>Names of committed bytes.</summary>
    public IReadOnlyCollection<string> Ids => [.. _committed.Keys];

    /// <summary>Committed bytes by name.</summary>
    public IReadOnlyDictionary<string, byte[]> Bytes => _committed.ToDictionary(e => e.Key, e => e.Value.Bytes, StringComparer.Ordinal);

    /// <summary>Writers in the order they were begun.</summary>
    public IReadOnlyList<MemoryWriter> Writers => _writers;

    /// <summary>Writers begun and not disposed.</summary>
    public int OpenWriters => _writers.Count(w => !w.IsDisposed);

    /// <summary>Whether writers keep the bytes or only count them.</summary>
    public bool Keeps { get; set; } = true;

    /// <summary>Whether nothing more can be begun.</summary>
    public bool IsFull { get; set; }

    /// <summary>Puts bytes there as if they had always been.</summary>
    public void Put(string id, byte[] bytes) => _committed[id] = (bytes, time.GetUtcNow());

    /// <summary>Loses all bytes.</summary>
    public void Clear() => _committed.Clear();

    public ValueTask EnsureRoomAsync(CancellationToken cancellationToken)
        => IsFull ? ValueTask.FromException(new StoreUnavailableException("Full.")) : ValueTask.CompletedTask;

    public ValueTask<ArtifactWriter> CreateAsync(string id, CancellationToken cancellationToken)
    {
        if (IsFull)
        {
            throw new StoreUnavailableException("The disk is full.");
        }

        var writer = new MemoryWriter(Keeps, bytes => Commit(id, bytes));
        ImmutableInterlocked.Update(ref _writers, w => w.Add(writer));
        return new(writer);
    }

    public ValueTask<Stream> OpenReadAsync(string id, CancellationToken cancellationToken)
        => _committed.TryGetValue(id, out var entry) ? new(new MemoryStream(entry.Bytes, writable: false)) : throw new ArtifactGoneException(id);

    public ValueTask DeleteAsync(string id, CancellationToken cancellationToken)
    {
        _committed.TryRemove(id, out _);
        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<string> ListAsync(DateTimeOffset writtenBefore, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (var entry in _committed.Where(e => e.Value.WrittenAt < writtenBefore).ToList())
        {
            yield return entry.Key;
        }
    }

    public ValueTask DeleteAbandonedAsync(DateTimeOffset writtenBefore, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    private void Commit(string id, byte[] bytes)
    {
        if (!_committed.TryAdd(id, (bytes, time.GetUtcNow())))
        {
            throw new InvalidOperationException($"{id} was committed before.");
        }
    }
}
