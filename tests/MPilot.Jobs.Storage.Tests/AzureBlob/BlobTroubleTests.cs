using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Store;

using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.AzureBlob;

/// <summary>A server that is away or cut off in the middle.</summary>
public sealed class BlobTroubleTests
{
    private readonly ManualTime _time = new(Start);

    [Fact]
    public async Task Calls_WhenTheServerStopsAndComesBack_FailAsUnavailableAndThenWork()
    {
        await using var server = await AzuriteServer.StartAsync();
        using var container = await BlobStore.OpenAsync(server.ConnectionString);
        var store = container.Artifacts(_time);
        var (kept, fresh) = (NextId("art"), NextId("art"));
        await WriteAsync(store, kept, 100);

        await server.StopAsync();
        await Task.WhenAll(
            ShouldBeUnavailableAsync(async () => await store.EnsureRoomAsync(default)),
            ShouldBeUnavailableAsync(() => WriteAsync(store, fresh, 100)),
            ShouldBeUnavailableAsync(async () => await store.OpenReadAsync(kept, default)),
            ShouldBeUnavailableAsync(async () => await store.DeleteAsync(kept, default)),
            ShouldBeUnavailableAsync(() => ListAsync(store)));
        container.LocalFiles.ShouldBeEmpty();

        await server.ResumeAsync();
        await store.EnsureRoomAsync(default);
        await WriteAsync(store, fresh, 100);
        (await ListAsync(store)).ShouldBe([kept, fresh], ignoreOrder: true);
    }

    [Fact]
    public async Task CommitAsync_WhenCutHalfWay_LeavesNothingVisibleAndMayBeMadeAnew()
    {
        await using var relay = new LoopbackRelay((await AzuriteServer.SharedAsync()).Address);
        using var container = await BlobStore.OpenAsync(AzuriteServer.ConnectionTo(relay.Address));
        var store = container.Artifacts(_time);
        var id = NextId("art");

        relay.CutAfter(6_000_000);
        await ShouldBeUnavailableAsync(() => WriteAsync(store, id, 10_000_000));
        relay.Mend();

        (await ListAsync(store)).ShouldBeEmpty();
        await Should.ThrowAsync<ArtifactGoneException>(async () => await store.OpenReadAsync(id, default));
        await WriteAsync(store, id, 10_000_000);
        await using var stream = await store.OpenReadAsync(id, default);
        stream.Length.ShouldBe(10_000_000);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(5_000_000)]
    public async Task CommitAsync_WhenTheAnswerToItIsLost_IsDoneAllTheSame(int length)
    {
        await using var relay = new LoopbackRelay((await AzuriteServer.SharedAsync()).Address);
        using var container = await BlobStore.OpenAsync(AzuriteServer.ConnectionTo(relay.Address));
        var store = container.Artifacts(_time);
        var id = NextId("art");
        await using var writer = await store.CreateAsync(id, default);
        await writer.WriteAsync(new byte[length], default);

        // Of the calls one after the other, the last makes the blob.
        relay.LoseAnswerAfter(length > BlobStore.BlockSize ? 2 : 0);
        await writer.CommitAsync(default);

        relay.HasLostAnswer.ShouldBeTrue();
        (await ListAsync(store)).ShouldBe([id]);
    }

    [Fact]
    public async Task Read_WhenTheConnectionBreaks_GoesOnWhereItWas()
    {
        await using var relay = new LoopbackRelay((await AzuriteServer.SharedAsync()).Address);
        using var container = await BlobStore.OpenAsync(AzuriteServer.ConnectionTo(relay.Address));
        await using var stream = await OpenLargeAsync(container);

        relay.Drop();

        await ShouldReadToTheEndAsync(stream);
    }

    [Fact]
    public async Task Read_WhenTheServerIsAway_FailsAsAFileDoesAndMayBeRepeated()
    {
        await using var relay = new LoopbackRelay((await AzuriteServer.SharedAsync()).Address);
        using var container = await BlobStore.OpenAsync(AzuriteServer.ConnectionTo(relay.Address));
        await using var stream = await OpenLargeAsync(container);

        relay.Cut();
        await Should.ThrowAsync<IOException>(() => stream.CopyToAsync(Stream.Null));
        await Should.ThrowAsync<IOException>(() => stream.CopyToAsync(Stream.Null));
        relay.Mend();

        await ShouldReadToTheEndAsync(stream);
    }

    [Fact]
    public async Task Calls_WhenTheContainerIsTakenAway_AreUnavailableAndNothingIsGone()
    {
        using var container = await BlobStore.OpenAsync();
        var store = container.Artifacts(_time);
        var id = NextId("art");
        await WriteAsync(store, id, 100);
        await container.Operator.DeleteAsync();

        await ShouldBeUnavailableAsync(async () => await store.EnsureRoomAsync(default));
        await ShouldBeUnavailableAsync(async () => await store.OpenReadAsync(id, default));
        await ShouldBeUnavailableAsync(() => WriteAsync(store, NextId("art"), 100));
        await ShouldBeUnavailableAsync(() => ListAsync(store));
        await store.DeleteAsync(id, default);
    }

    [Fact]
    public async Task CommitAsync_WhenCanceled_SaysSoAndLeavesNothing()
    {
        using var container = await BlobStore.OpenAsync();
        var store = container.Artifacts(_time);
        using var stop = new CancellationTokenSource();
        await using var writer = await store.CreateAsync(NextId("art"), default);
        await writer.WriteAsync(new byte[10_000_000], default);
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(async () => await writer.CommitAsync(stop.Token));

        (await ListAsync(store)).ShouldBeEmpty();
    }

    private static Task ShouldBeUnavailableAsync(Func<Task> call) => Should.ThrowAsync<StoreUnavailableException>(call);

    private static async Task WriteAsync(IArtifactStore store, string id, int length)
    {
        await using var writer = await store.CreateAsync(id, default);
        await writer.WriteAsync(new byte[length], default);
        await writer.CommitAsync(default);
    }

    /// <summary>A blob of which some was read.</summary>
    private async Task<Stream> OpenLargeAsync(BlobStore container)
    {
        var store = container.Artifacts(_time);
        var id = NextId("art");
        await WriteAsync(store, id, 10_000_000);
        var stream = await store.OpenReadAsync(id, default);
        await stream.ReadExactlyAsync(new byte[1000]);
        return stream;
    }

    private static async Task ShouldReadToTheEndAsync(Stream stream)
    {
        var left = stream.Length - stream.Position;
        using var rest = new MemoryStream();
        await stream.CopyToAsync(rest);
        rest.Length.ShouldBe(left);
    }

    private static async Task<List<string>> ListAsync(IArtifactStore store) => await store.ListAsync(Start.AddDays(1), default).ToListAsync();
}
