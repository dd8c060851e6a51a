using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Storage.AzureBlob;
using MPilot.Jobs.Storage.Tests.Conformance;
using MPilot.Jobs.Storage.Tests.Samples;

namespace MPilot.Jobs.Storage.Tests.AzureBlob;

public sealed class BlobArtifactStoreTests : ArtifactStoreConformance, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private BlobContainer _container = null!;

    public async Task InitializeAsync()
    {
        var server = await AzuriteServer.SharedAsync();
        _container = BlobContainer.Of(server.ConnectionString, AzuriteServer.NewContainer());
        await _container.OpenAsync(default);
    }

    public Task DisposeAsync()
    {
        _container.Dispose();
        _folder.Dispose();
        return Task.CompletedTask;
    }

    protected override IArtifactStore Open(TimeProvider time) => new BlobArtifactStore(_container, _folder.File("artifacts"), 0, time);
}
