using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>An artifact store over plain memory.</summary>
public sealed class MemoryArtifacts(TimeProvider time) : IArtifactStore
{
    private readonly ConcurrentDictionary<string, (byte[] Bytes, DateTimeOffset WrittenAt)> _committed = new(StringComparer.Ordinal);
    private readonly TimeProvider _time = time;
    private int _openWriters;

    /// <summary>Names of committed bytes.</summary>
    public IReadOnlyCollection<string> Ids => [.. _committed.Keys];

    /// <summary>Writers begun and not disposed.</summary>
    public int OpenWriters => _openWriters;

    public ValueTask<ArtifactWriter> CreateAsync(string id, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _openWriters);
        return new(new Writer(this, id));
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

    private sealed class Writer(MemoryArtifacts store, string id) : ArtifactWriter
    {
        private readonly MemoryStream _bytes = new();
        private bool _disposed;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => _bytes.WriteAsync(bytes, cancellationToken);

        public override ValueTask<Stream> OpenReadAsync(CancellationToken cancellationToken)
            => new(new MemoryStream(_bytes.ToArray(), writable: false));

        public override ValueTask CommitAsync(CancellationToken cancellationToken)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!store._committed.TryAdd(id, (_bytes.ToArray(), store._time.GetUtcNow())))
            {
                throw new InvalidOperationException($"{id} was committed before.");
            }

            return ValueTask.CompletedTask;
        }

        public override ValueTask DisposeAsync()
        {
            if (!_disposed)
            {
                _disposed = true;
                Interlocked.Decrement(ref store._openWriters);
            }

            return ValueTask.CompletedTask;
        }
    }
}
