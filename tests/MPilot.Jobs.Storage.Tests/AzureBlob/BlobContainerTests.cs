using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Sas;

using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.AzureBlob;
using MPilot.Jobs.Storage.Tests.Samples;

using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.AzureBlob;

/// <summary>How a container is reached, and what is said where it is not.</summary>
public sealed class BlobContainerTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _name = AzuriteServer.NewContainer();
    private AzuriteServer _server = null!;

    public async Task InitializeAsync() => _server = await AzuriteServer.SharedAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OpenAsync_WhenTheContainerIsMissing_MakesAPrivateOneAndFindsItAgain()
    {
        using var first = BlobContainer.Of(_server.ConnectionString, _name);
        using var second = BlobContainer.Of(_server.ConnectionString, _name);
        await first.OpenAsync(default);
        await second.OpenAsync(default);
        await WriteAsync(first, "art_1");

        var stranger = new BlobContainerClient(new Uri($"{_server.Endpoint}/{_name}"));
        (await Should.ThrowAsync<Azure.RequestFailedException>(() => stranger.GetBlobClient("objects/_1/art_1").DownloadContentAsync())).Status.ShouldBeOneOf(403, 404, 409);
    }

    [Fact]
    public async Task OpenAsync_WhenSignedForTheContainerOnly_IsAsGoodAsTheKey()
    {
        await OperatorOf(_name).CreateAsync();
        using var container = BlobContainer.Of(Signed("rwdlc", resource: "c"), _name);

        await container.OpenAsync(default);

        container.CanSign.ShouldBeFalse();
        await WriteAsync(container, "art_1");
        using var store = new BlobArtifactStore(container, _folder.Path, 0, new ManualTime(Start));
        (await store.ListAsync(Start.AddDays(1), default).ToListAsync()).ShouldBe(["art_1"]);
        await store.DeleteAsync("art_1", default);
        await Should.ThrowAsync<ArtifactGoneException>(async () => await store.OpenReadAsync("art_1", default));
    }

    [Fact]
    public async Task OpenAsync_WhenTheContainerIsMissingAndMayNotBeMade_SaysSo()
    {
        using var container = BlobContainer.Of(Signed("rwdlc", resource: "c"), _name);

        (await Should.ThrowAsync<StoreUnavailableException>(() => container.OpenAsync(default)))
            .Message.ShouldBe($"The blob container {_name} is missing, and the credential may not make it.");
    }

    [Fact]
    public async Task OpenAsync_WhenTheSignatureOnlyReads_SaysThatItIsRefused()
    {
        await OperatorOf(_name).CreateAsync();
        using var container = BlobContainer.Of(Signed("rl", resource: "c"), _name);

        (await Should.ThrowAsync<StoreUnavailableException>(() => container.OpenAsync(default))).Message.ShouldContain("refuses the credential (403 ");
    }

    [Fact]
    public async Task OpenAsync_WhenTheKeyIsWrong_SaysThatItIsRefusedAndNoKey()
    {
        const string Wrong = "bm90IHRoZSBrZXksIGJ1dCBvbmUgb2YgaXRzIGZvcm0=";
        using var container = BlobContainer.Of(_server.ConnectionString.Replace(AzuriteServer.Key, Wrong, StringComparison.Ordinal), _name);

        var failure = await Should.ThrowAsync<StoreUnavailableException>(() => container.OpenAsync(default));

        failure.Message.ShouldContain("refuses the credential (403 ");
        failure.ToString().ShouldNotContain(Wrong);
    }

    [Fact]
    public async Task OpenAsync_WhenNobodyListens_SaysThatItCannotBeReached()
    {
        using var container = BlobContainer.Of(AzuriteServer.ConnectionTo(new Uri("http://127.0.0.1:1")), _name);

        (await Should.ThrowAsync<StoreUnavailableException>(() => container.OpenAsync(default))).Message.ShouldBe("The blob container cannot be reached.");
    }

    [Theory]
    [InlineData("UseDevelopmentStorage=true", true)]
    [InlineData("AccountName=a;AccountKey=a2V5;EndpointSuffix=core.windows.net", true)]
    [InlineData("BlobEndpoint=https://a.blob.core.windows.net;SharedAccessSignature=sv=1&sig=x", true)]
    [InlineData("BlobEndpoint=https://a.blob.core.windows.net", false)]
    [InlineData("AccountName=a;AccountKey=!;EndpointSuffix=core.windows.net", false)]
    [InlineData("Host=db;Database=jobs", false)]
    [InlineData("", false)]
    public void IsConnectionString_WhenItHoldsNoCredential_IsFalse(string text, bool isOne) => BlobContainer.IsConnectionString(text).ShouldBe(isOne);

    private BlobContainerClient OperatorOf(string name) => new(_server.ConnectionString, name);

    private async Task WriteAsync(BlobContainer container, string id)
    {
        using var store = new BlobArtifactStore(container, _folder.Path, 0, new ManualTime(Start));
        await using var writer = await store.CreateAsync(id, default);
        await writer.WriteAsync(new byte[100], default);
        await writer.CommitAsync(default);
    }

    /// <summary>The account's endpoint with a signature for the container.</summary>
    private Uri Signed(string permissions, string resource)
    {
        var signature = new BlobSasBuilder { BlobContainerName = _name, Resource = resource, ExpiresOn = new(2090, 1, 1, 0, 0, 0, TimeSpan.Zero), Protocol = SasProtocol.HttpsAndHttp };
        signature.SetPermissions(permissions);
        return new($"{_server.Endpoint}?{signature.ToSasQueryParameters(new StorageSharedKeyCredential(AzuriteServer.Account, AzuriteServer.Key))}");
    }
}
