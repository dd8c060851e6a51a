using Azure.Storage.Blobs;

using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Storage.AzureBlob;
using MPilot.Jobs.Storage.Tests.Samples;

namespace MPilot.Jobs.Storage.Tests.AzureBlob;

/// <summary>A container of its own, and stores over it.</summary>
internal sealed class BlobStore : IDisposable
{
    /// <summary>What is longer goes in more than one call.</summary>
    public const int BlockSize = BlobUpload.BlockSize;

    private readonly TemporaryFolder _folder = new();

    private BlobStore(string connection, string name)
    {
        Container = BlobContainer.Of(connection, name);
        Operator = new BlobContainerClient(connection, name);
    }

    public BlobContainer Container { get; }

    /// <summary>The container as an operator sees it.</summary>
    public BlobContainerClient Operator { get; }

    /// <summary>The files that are on this machine.</summary>
    public string[] LocalFiles => _folder.AllFiles();

    /// <summary>On the common server, unless another is named.</summary>
    public static async Task<BlobStore> OpenAsync(string? connection = null)
    {
        var store = new BlobStore(connection ?? (await AzuriteServer.SharedAsync()).ConnectionString, AzuriteServer.NewContainer());
        await store.Container.OpenAsync(default);
        return store;
    }

    public IArtifactStore Artifacts(TimeProvider time, long minFree = 0) => new BlobArtifactStore(Container, _folder.File("artifacts"), minFree, time);

    public void Dispose()
    {
        Container.Dispose();
        _folder.Dispose();
    }
}
