using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>One process's view of the artifact store: commits and deletions are durable steps that may fail.</summary>
public sealed class FaultyArtifacts(MemoryArtifacts disk, Faults faults) : IArtifactStore
{
    public ValueTask EnsureRoomAsync(CancellationToken cancellationToken) => disk.EnsureRoomAsync(cancellationToken);

    public async ValueTask<ArtifactWriter> CreateAsync(string id, CancellationToken cancellationToken)
        => new Writer(await disk.CreateAsync(id, cancellationToken), faults);

    public async ValueTask<Stream> OpenReadAsync(string id, CancellationToken cancellationToken)
        => await faults.ReadAsync(() => disk.OpenReadAsync(id, cancellationToken).AsTask());

    public async ValueTask DeleteAsync(string id, CancellationToken cancellationToken)
        => await faults.WriteBytesAsync(() => disk.DeleteAsync(id, cancellationToken).AsTask());

    public IAsyncEnumerable<string> ListAsync(DateTimeOffset writtenBefore, CancellationToken cancellationToken)
        => disk.ListAsync(writtenBefore, cancellationToken);

    public ValueTask DeleteAbandonedAsync(DateTimeOffset writtenBefore, CancellationToken cancellationToken)
        => disk.DeleteAbandonedAsync(writtenBefore, cancellationToken);

    private sealed class Writer(ArtifactWriter inner, Faults faults) : ArtifactWriter
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => inner.WriteAsync(bytes, cancellationToken);

        public override ValueTask<Stream> OpenReadAsync(CancellationToken cancellationToken) => inner.OpenReadAsync(cancellationToken);

        public override async ValueTask CommitAsync(CancellationToken cancellationToken)
            => await faults.WriteBytesAsync(() => inner.CommitAsync(cancellationToken).AsTask());

        public override async ValueTask CommitUnflushedAsync(CancellationToken cancellationToken)
            => await faults.WriteBytesAsync(() => inner.CommitUnflushedAsync(cancellationToken).AsTask());

        public override ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
