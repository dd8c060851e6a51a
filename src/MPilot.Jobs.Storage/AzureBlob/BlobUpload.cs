using System.Buffers;
using System.Globalization;
using System.Text;

using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

using MPilot.Jobs.Storage.Files;

namespace MPilot.Jobs.Storage.AzureBlob;

/// <summary>Brings a finished file to its blob: a small one in one call, others block by block, until the last call makes a blob of the blocks.</summary>
/// <param name="blob">Where to.</param>
/// <param name="file">What; complete.</param>
/// <param name="mark">Tells this upload from others to the same name.</param>
/// <param name="buffers">One for each block that may be in memory.</param>
internal sealed class BlobUpload(BlockBlobClient blob, UnfinishedFile file, BlobMark mark, SemaphoreSlim buffers)
{
    /// <summary>4 MiB: 20 s are enough for one at 2 Mbit/s, and a picture of 64 MB takes 17 calls.</summary>
    public const int BlockSize = 4 << 20;

    /// <summary>Blocks of one picture under way at once.</summary>
    private const int ParallelBlocks = 4;

    private static readonly BlobRequestConditions IsNew = new() { IfNoneMatch = ETag.All };

    /// <exception cref="InvalidOperationException">Other bytes have that name.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await (file.Length <= BlockSize ? PutAsync(cancellationToken) : PutBlocksAsync(cancellationToken));
        }
        catch (RequestFailedException error) when (BlobErrors.IsTaken(error))
        {
            // The answer to our own commit may have been lost, and the call repeated.
            var found = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
            if (!mark.IsOf(found.Value.Metadata))
            {
                throw new InvalidOperationException("Artifacts are immutable: these bytes were committed before.", error);
            }
        }
    }

    private Task PutAsync(CancellationToken cancellationToken)
        => WithBlockAsync(
            0, content => blob.UploadAsync(content, new BlobUploadOptions { Conditions = IsNew, Metadata = mark.ToMetadata() }, cancellationToken), cancellationToken);

    private async Task PutBlocksAsync(CancellationToken cancellationToken)
    {
        var blocks = Enumerable.Range(0, (int)((file.Length + BlockSize - 1) / BlockSize)).ToList();
        await Parallel.ForEachAsync(
            blocks,
            new ParallelOptions { MaxDegreeOfParallelism = ParallelBlocks, CancellationToken = cancellationToken },
            async (block, token) => await WithBlockAsync(block, content => blob.StageBlockAsync(NameOf(block), content, cancellationToken: token), token));
        await blob.CommitBlockListAsync(
            blocks.Select(NameOf), new CommitBlockListOptions { Conditions = IsNew, Metadata = mark.ToMetadata() }, cancellationToken);
    }

    /// <summary>Uploads to one name share its blocks until one commits: the upload's mark keeps them apart.</summary>
    private string NameOf(int block) => Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{mark.Upload}.{block:d6}")));

    private async Task WithBlockAsync(int block, Func<Stream, Task> send, CancellationToken cancellationToken)
    {
        await buffers.WaitAsync(cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            var offset = (long)block * BlockSize;
            var bytes = buffer.AsMemory(0, (int)Math.Min(BlockSize, file.Length - offset));
            await file.ReadAsync(bytes, offset, cancellationToken);
            using var content = new MemoryStream(buffer, 0, bytes.Length, writable: false);
            await send(content);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffers.Release();
        }
    }
}
