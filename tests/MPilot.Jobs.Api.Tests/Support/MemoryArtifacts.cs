using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Api.Tests.Support;

/// <summary>Artifact bytes and rows in memory.</summary>
internal sealed class MemoryArtifacts : IArtifactStore, IArtifactLedger
{
    private int _open;

    public ConcurrentDictionary<string, byte[]> Bytes { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, ArtifactRecord> Records { get; } = new(StringComparer.Ordinal);

    /// <summary>Writers neither committed nor disposed.</summary>
    public int OpenWriters => _open;

    /// <summary>Largest number of bytes handed over in one write.</summary>
    public int LargestWrite { get; private set; }

    public bool IsFull { get; set; }

    public ValueTask<ArtifactWriter> CreateAsync(string id, CancellationToken cancellationToken)
    {
        if (IsFull)
        {
            throw new StoreUnavailableException("The disk is full.");
        }

        Interlocked.Increment(ref _open);
        return new(new Writer(this, id));
    }

    public ValueTask<Stream> OpenReadAsync(string id, CancellationToken cancellationToken)
        => Bytes.TryGetValue(id, out var bytes) ? new(new MemoryStream(bytes, writable: false)) : throw new ArtifactGoneException(id);

    public ValueTask DeleteAsync(string id, CancellationToken cancellationToken)
    {
        Bytes.TryRemove(id, out _);
        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<string> ListAsync(DateTimeOffset writtenBefore, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var id in Bytes.Keys)
        {
            yield return id;
        }
    }

    public ValueTask DeleteAbandonedAsync(DateTimeOffset writtenBefore, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public Task AddAsync(IReadOnlyCollection<ArtifactRecord> artifacts, DateTimeOffset until, CancellationToken cancellationToken)
    {
        foreach (var record in artifacts)
        {
            Records[record.Artifact.Id] = record;
        }

        return Task.CompletedTask;
    }

    public Task<ArtifactLife?> FindAsync(string id, CancellationToken cancellationToken)
        => Task.FromResult(Records.TryGetValue(id, out var record) ? new ArtifactLife(record, null) : null);

    public Task<IReadOnlyList<string>> MarkDeletingAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RemoveAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<string>> FilterUnknownAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => throw new NotSupportedException();

    private sealed class Writer(MemoryArtifacts owner, string id) : ArtifactWriter
    {
        private readonly MemoryStream _bytes = new();
        private bool _isDisposed;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            owner.LargestWrite = Math.Max(owner.LargestWrite, bytes.Length);
            _bytes.Write(bytes.Span);
            return ValueTask.CompletedTask;
        }

        public override ValueTask<Stream> OpenReadAsync(CancellationToken cancellationToken) => new(new MemoryStream(_bytes.ToArray(), writable: false));

        public override ValueTask CommitAsync(CancellationToken cancellationToken)
        {
            owner.Bytes[id] = _bytes.ToArray();
            return ValueTask.CompletedTask;
        }

        public override ValueTask DisposeAsync()
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                Interlocked.Decrement(ref owner._open);
            }

            return ValueTask.CompletedTask;
        }
    }
}
