using Azure.Storage.Blobs.Models;

using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Tests.Conformance;

using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.AzureBlob;

public sealed class BlobArtifactStoreTests : ArtifactStoreConformance, IAsyncLifetime
{
    /// <summary>Three blocks, the last one not full.</summary>
    private const int Large = 10_000_000;

    private readonly ManualTime _time = new(Start);
    private BlobStore _store = null!;

    public async Task InitializeAsync() => _store = await BlobStore.OpenAsync();

    public Task DisposeAsync()
    {
        _store.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task DisposeAsync_WhenNotCommitted_LeavesNothingHereOrThere()
    {
        await WriteAsync(Open(_time), NextId("art"), commit: false, Large);

        _store.LocalFiles.ShouldBeEmpty();
        (await _store.Operator.GetBlobsAsync(states: BlobStates.All).Select(b => b.Name).ToListAsync()).ShouldBe(["probe"]);
    }

    [Fact]
    public async Task CommitAsync_WhenDone_LeavesOneBlobUnderItsTailAndNoFile()
    {
        await WriteAsync(Open(_time), "art_0198c0de00007000800000000000abf3", commit: true);

        _store.LocalFiles.ShouldBeEmpty();
        (await _store.Operator.GetBlobsAsync(prefix: "objects/").Select(b => b.Name).ToListAsync()).ShouldBe(["objects/f3/art_0198c0de00007000800000000000abf3"]);
    }

    [Fact]
    public async Task CommitAsync_WhenTwoWriteOneIdAtOnce_KeepsOneOfThemWhole()
    {
        var store = Open(_time);
        var id = NextId("art");

        var ends = await Task.WhenAll(Enumerable.Range(1, 4).Select(filling => Record.ExceptionAsync(() => FillAsync(store, id, (byte)filling))));

        ends.Count(e => e is null).ShouldBe(1);
        ends.OfType<Exception>().ShouldAllBe(e => e is InvalidOperationException);
        await using var stream = await store.OpenReadAsync(id, default);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        copy.ToArray().ShouldBe(Filled((byte)(Array.IndexOf(ends, null) + 1)));
    }

    [Fact]
    public async Task Read_WhenJumpingInManyBlocks_HasTheBytesOfEachPlace()
    {
        var store = Open(_time);
        var id = NextId("art");
        await WriteAsync(store, id, commit: true, Large);
        var bytes = Bytes(Large);
        var buffer = new byte[1000];
        await using var stream = await store.OpenReadAsync(id, default);

        foreach (var position in new[] { Large - 1000, 0, 4_194_000, 8_388_600, 5, 5 })
        {
            stream.Seek(position, SeekOrigin.Begin).ShouldBe(position);
            await stream.ReadExactlyAsync(buffer);
            buffer.ShouldBe(bytes[position..(position + 1000)]);

            stream.Seek(-1000, SeekOrigin.Current);
            stream.ReadExactly(buffer);
            buffer.ShouldBe(bytes[position..(position + 1000)]);
        }

        stream.Seek(0, SeekOrigin.End);
        (await stream.ReadAsync(buffer)).ShouldBe(0);
        stream.Read(buffer, 0, 1).ShouldBe(0);
    }

    [Fact]
    public async Task ListAsync_WhenBlobsAreNotOurs_LeavesThemOut()
    {
        var store = Open(_time);
        var id = NextId("art");
        await WriteAsync(store, id, commit: true);
        foreach (var name in new[] { "objects/ab/art_1", "objects/readme.txt", "objects/01/art_01", "art_2" })
        {
            await _store.Operator.UploadBlobAsync(name, BinaryData.FromString("x"));
        }

        (await ListAsync(store)).ShouldBe([id]);
    }

    [Fact]
    public async Task DeleteAbandonedAsync_WhenTheWritersProcessDied_DeletesItsFileOnceOldEnough()
    {
        var writer = await Open(_time).CreateAsync(NextId("art"), default);
        await writer.WriteAsync(new byte[100_000], default);
        var restarted = Open(_time);

        await restarted.DeleteAbandonedAsync(Start, default);
        _store.LocalFiles.Length.ShouldBe(1);

        await restarted.DeleteAbandonedAsync(Start.AddHours(1), default);
        _store.LocalFiles.ShouldBeEmpty();
        await writer.DisposeAsync();
    }

    [Fact]
    public async Task EnsureRoomAsync_WhenTheDiskOfUnfinishedFilesIsFull_IsUnavailable()
    {
        await Open(_time).EnsureRoomAsync(default);

        (await Should.ThrowAsync<StoreUnavailableException>(async () => await _store.Artifacts(_time, long.MaxValue).EnsureRoomAsync(default)))
            .Message.ShouldContain("bytes are free");
    }

    protected override IArtifactStore Open(TimeProvider time) => _store.Artifacts(time);

    private static async Task FillAsync(IArtifactStore store, string id, byte filling)
    {
        await using var writer = await store.CreateAsync(id, default);
        await writer.WriteAsync(Filled(filling), default);
        await writer.CommitAsync(default);
    }

    private static byte[] Filled(byte filling) => [.. Enumerable.Repeat(filling, Large)];
}
