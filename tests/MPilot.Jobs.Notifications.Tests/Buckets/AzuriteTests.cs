using Azure.Storage.Blobs;
using Azure.Storage.Sas;

using MPilot.Jobs.Domain.Buckets;
using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Notifications.Tests.Buckets;

/// <summary>Shared access signatures, against the emulator.</summary>
public sealed class AzuriteTests : IAsyncLifetime
{
    private readonly BucketRig _rig = new();

    private BlobContainerClient _container = null!;

    public async Task InitializeAsync()
    {
        _container = new((await AzuriteServer.SharedAsync()).ConnectionString, AzuriteServer.NewContainer());
        await _container.CreateAsync();
        await _rig.StartAsync();
    }

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task Picture_WhenTheUrlMayCreateTheBlob_IsThere()
    {
        var (picture, blob) = (Png.Of(640, 480), _container.GetBlobClient("orders/7 a+b/0.png"));

        await _rig.JobAsync([picture], Signed(blob, BlobSasPermissions.Create | BlobSasPermissions.Write, hours: 1));
        await _rig.RunAsync();

        _rig.Store.Puts.Single().Status.ShouldBe(BucketPutStatus.Delivered);
        var stored = (await blob.DownloadContentAsync()).Value;
        stored.Content.ToArray().ShouldBe(picture);
        stored.Details.ContentType.ShouldBe("image/png");
    }

    [Theory]
    [InlineData(BlobSasPermissions.Read, 1)]
    [InlineData(BlobSasPermissions.Write, -1)]
    public async Task Picture_WhenTheUrlMayOnlyReadOrHasExpired_IsGivenUpAtOnce(BlobSasPermissions permissions, int hours)
    {
        var blob = _container.GetBlobClient("x.png");

        await _rig.JobAsync(Signed(blob, permissions, hours));
        await _rig.RunAsync();

        var put = _rig.Store.Puts.Single();
        (put.Status, put.Outcome, put.Attempts).ShouldBe((BucketPutStatus.Failed, DeliveryOutcome.Rejected, 1));
        (await blob.ExistsAsync()).Value.ShouldBeFalse();
    }

    /// <summary>The emulator goes by the clock of the machine.</summary>
    private static string Signed(BlobClient blob, BlobSasPermissions permissions, int hours)
        => blob.GenerateSasUri(permissions, TimeProvider.System.GetUtcNow().AddHours(hours)).AbsoluteUri;
}
