using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Storage.Files;

namespace MPilot.Jobs.Storage.AzureBlob;

/// <summary>
/// Writes to an unfinished file, and brings it to its blob on commit: what is not committed never leaves the machine, and can be looked at, as blocks
/// of an uncommitted blob cannot.
/// </summary>
/// <param name="store">Takes the finished file.</param>
/// <param name="file">The writer's from now on.</param>
/// <param name="id">The artifact.</param>
internal sealed class BlobArtifactWriter(BlobArtifactStore store, UnfinishedFile file, string id) : ArtifactWriter
{
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => file.WriteAsync(bytes, cancellationToken);

    public override ValueTask<Stream> OpenReadAsync(CancellationToken cancellationToken) => file.OpenReadAsync(cancellationToken);

    public override async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        await file.CompleteAsync(cancellationToken);
        await store.PublishAsync(file, id, cancellationToken);
    }

    /// <summary>Blob storage answers only when it has the bytes for good: there is nothing that could be left out.</summary>
    public override ValueTask CommitUnflushedAsync(CancellationToken cancellationToken) => CommitAsync(cancellationToken);

    public override ValueTask DisposeAsync()
    {
        file.Dispose();
        return ValueTask.CompletedTask;
    }
}
