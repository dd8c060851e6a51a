using System.Runtime.CompilerServices;

using Azure;
using Azure.Storage.Blobs.Models;

using MPilot.Jobs.Engine;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Storage.Files;

namespace MPilot.Jobs.Storage.AzureBlob;

/// <summary>Keeps artifacts as blobs of one container; those in the making are files of this machine.</summary>
/// <param name="container">Open.</param>
/// <param name="folder">Where unfinished files lie, in <c>tmp/</c>. Made if missing; no other process's that is alive.</param>
/// <param name="minFree">How many bytes must be free on the disk of that folder for <see cref="EnsureRoomAsync"/> to be content.</param>
/// <param name="time">Says when bytes were written.</param>
public sealed class BlobArtifactStore(BlobContainer container, string folder, long minFree, TimeProvider time) : IArtifactStore, IDisposable
{
    /// <summary>Blocks in memory at once, over all uploads: 8, or 32 MiB.</summary>
    private const int Buffers = 8;

    private readonly UnfinishedFiles _unfinished = new(new FileNames(folder).Unfinished, minFree, time);
    private readonly SemaphoreSlim _buffers = new(Buffers);
    private readonly Ids _ids = new(time);

    /// <summary>There is always room in a container, if it can be written to at all: so something is.</summary>
    public async ValueTask EnsureRoomAsync(CancellationToken cancellationToken)
    {
        _unfinished.EnsureRoom();
        await container.EnsureWritableAsync(cancellationToken);
    }

    public ValueTask<ArtifactWriter> CreateAsync(string id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _ = BlobNames.Of(id);
        return ValueTask.FromResult<ArtifactWriter>(new BlobArtifactWriter(this, _unfinished.Create(id), id));
    }

    public async ValueTask<Stream> OpenReadAsync(string id, CancellationToken cancellationToken)
    {
        var blob = container.BlobOf(id);
        try
        {
            return new BlobStream(blob, await blob.DownloadStreamingAsync(cancellationToken: cancellationToken));
        }
        catch (RequestFailedException error) when (BlobErrors.IsGone(error))
        {
            throw new ArtifactGoneException($"The bytes of artifact {id} are not there.", error);
        }
        catch (Exception error) when (BlobErrors.IsUnavailable(error, cancellationToken))
        {
            throw BlobErrors.Unavailable(error);
        }
    }

    public async ValueTask DeleteAsync(string id, CancellationToken cancellationToken)
    {
        var blob = container.BlobOf(id);
        try
        {
            await blob.DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken);
        }
        catch (Exception error) when (BlobErrors.IsUnavailable(error, cancellationToken))
        {
            throw BlobErrors.Unavailable(error);
        }
    }

    public async IAsyncEnumerable<string> ListAsync(DateTimeOffset writtenBefore, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var blobs = container.List(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(blobs, cancellationToken) is { } blob)
        {
            if (BlobNames.IdOf(blob.Name) is { } id && BlobMark.WrittenAtOf(blob.Metadata) < writtenBefore)
            {
                yield return id;
            }
        }
    }

    /// <summary>Blocks that were never committed the account forgets by itself, after a week.</summary>
    public async ValueTask DeleteAbandonedAsync(DateTimeOffset writtenBefore, CancellationToken cancellationToken)
        => await _unfinished.DeleteAbandonedAsync(writtenBefore, cancellationToken);

    public void Dispose() => _buffers.Dispose();

    /// <summary>Gives the bytes that a writer gathered their name. When it returns, they are kept for good.</summary>
    internal async Task PublishAsync(UnfinishedFile file, string id, CancellationToken cancellationToken)
    {
        var mark = new BlobMark(_ids.NewUpload(), time.GetUtcNow());
        try
        {
            await new BlobUpload(container.BlobOf(id), file, mark, _buffers).RunAsync(cancellationToken);
        }
        catch (Exception error) when (BlobErrors.IsUnavailable(error, cancellationToken))
        {
            throw BlobErrors.Unavailable(error);
        }
    }

    private static async ValueTask<BlobItem?> NextAsync(IAsyncEnumerator<BlobItem> blobs, CancellationToken cancellationToken)
    {
        try
        {
            return await blobs.MoveNextAsync() ? blobs.Current : null;
        }
        catch (Exception error) when (BlobErrors.IsUnavailable(error, cancellationToken))
        {
            throw BlobErrors.Unavailable(error);
        }
    }
}
