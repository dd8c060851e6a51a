using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Files;
using MPilot.Jobs.Storage.Tests.Conformance;
using MPilot.Jobs.Storage.Tests.Samples;

using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.Files;

public sealed class FileArtifactStoreTests : ArtifactStoreConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new(Start);

    private string Root => _folder.File("artifacts");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task DisposeAsync_WhenNotCommitted_LeavesNoFile()
    {
        await WriteAsync(Open(_time), NextId("art"), commit: false);

        _folder.AllFiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task CommitAsync_WhenDone_LeavesOneFileInTheFolderOfItsTail()
    {
        var id = "art_0198c0de00007000800000000000abf3";
        await WriteAsync(Open(_time), id, commit: true);

        _folder.AllFiles().ShouldBe([Path.Join(Root, "objects", "f3", id)]);
    }

    [Fact]
    public async Task DeleteAbandonedAsync_WhenTheWritersProcessDied_DeletesWhatIsOldEnough()
    {
        var dead = Open(_time);
        var writer = await dead.CreateAsync(NextId("art"), default);
        await writer.WriteAsync(new byte[100_000], default);
        _folder.AllFiles().Length.ShouldBe(1);
        var restarted = Open(_time);

        await restarted.DeleteAbandonedAsync(Start, default);
        _folder.AllFiles().Length.ShouldBe(1);

        await restarted.DeleteAbandonedAsync(Start.AddHours(1), default);
        _folder.AllFiles().ShouldBeEmpty();
        await writer.DisposeAsync();
    }

    [Fact]
    public async Task DeleteAbandonedAsync_WhenFilesAreNotOurs_LeavesThem()
    {
        Directory.CreateDirectory(Path.Join(Root, "tmp"));
        var foreign = Path.Join(Root, "tmp", "notes.txt");
        await File.WriteAllTextAsync(foreign, "x");

        await Open(_time).DeleteAbandonedAsync(Start.AddDays(365), default);

        File.Exists(foreign).ShouldBeTrue();
    }

    [Fact]
    public async Task CreateAsync_WhenTheFolderCannotBeUsed_IsUnavailableUntilItCan()
    {
        var store = Open(_time);
        await File.WriteAllTextAsync(Root, "in the way");
        await Should.ThrowAsync<StoreUnavailableException>(async () => await store.CreateAsync(NextId("art"), default));

        File.Delete(Root);

        await WriteAsync(store, NextId("art"), commit: true);
        (await ListAsync(store)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task CommitAsync_WhenItFails_LeavesNothingAndMayBeTriedAnew()
    {
        var store = Open(_time);
        var id = NextId("art");
        await File.WriteAllTextAsync(Path.Join(Directory.CreateDirectory(Root).FullName, "objects"), "in the way");
        await Should.ThrowAsync<StoreUnavailableException>(() => WriteAsync(store, id, commit: true));
        File.Delete(Path.Join(Root, "objects"));
        _folder.AllFiles().ShouldBeEmpty();

        await WriteAsync(store, id, commit: true);

        (await ListAsync(store)).ShouldBe([id]);
    }

    [Fact]
    public async Task CommitAsync_WhenTheShardVanished_MakesItAgain()
    {
        var store = Open(_time);
        await WriteAsync(store, "art_1ff", commit: true);
        Directory.Delete(Path.Join(Root, "objects"), recursive: true);

        await WriteAsync(store, "art_2ff", commit: true);

        (await ListAsync(store)).ShouldBe(["art_2ff"]);
    }

    [Fact]
    public async Task WriteAsync_WhenTheDiskIsFull_IsUnavailable()
    {
        if (!File.Exists("/dev/full"))
        {
            return;
        }

        // A file that leads to the device that is always full stands in for the temporary file.
        // The writer deletes what it did not commit: so it is given a link of ours, never the device.
        var link = File.CreateSymbolicLink(_folder.File("unfinished"), "/dev/full").FullName;
        using (var file = new UnfinishedFile(new UnfinishedFiles(Root, 0, _time), File.OpenHandle(link, access: FileAccess.Write), link))
        {
            await Should.ThrowAsync<StoreUnavailableException>(async () => await file.WriteAsync(new byte[100_000], default));
        }

        File.Exists("/dev/full").ShouldBeTrue();
        _folder.AllFiles().ShouldBeEmpty();
    }

    protected override IArtifactStore Open(TimeProvider time) => new FileArtifactStore(Root, 0, time);
}
