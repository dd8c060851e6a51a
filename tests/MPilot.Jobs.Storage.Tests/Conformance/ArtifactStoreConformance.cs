using MPilot.Jobs.Engine.Artifacts;

using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.Conformance;

/// <summary>A suite that every place for bytes has to pass.</summary>
public abstract class ArtifactStoreConformance
{
    private readonly ManualTime _time = new(Start);

    /// <summary>A store over the same, at first empty, place at each call: as two processes would have it.</summary>
    protected abstract IArtifactStore Open(TimeProvider time);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(64 * 1024, 64 * 1024)]
    [InlineData(300_001, 7_001)]
    [InlineData(3_000_000, 200_000)]
    [InlineData(200_000, 65_535)]
    public async Task OpenReadAsync_WhenCommitted_HasEveryByte(int length, int chunk)
    {
        var store = Open(_time);
        var bytes = Bytes(length);
        var id = NextId("art");

        await using (var writer = await store.CreateAsync(id, default))
        {
            foreach (var part in bytes.Chunk(chunk))
            {
                await writer.WriteAsync(part, default);
            }

            await writer.CommitAsync(default);
        }

        await using var stream = await Open(_time).OpenReadAsync(id, default);
        stream.CanSeek.ShouldBeTrue();
        stream.Length.ShouldBe(length);
        (await ReadAllAsync(stream)).ShouldBe(bytes);
        stream.Position = length / 2;
        (await ReadAllAsync(stream)).ShouldBe(bytes[(length / 2)..]);
    }

    [Fact]
    public async Task OpenReadAsync_WhenNotCommitted_IsGone()
    {
        var store = Open(_time);
        var id = NextId("art");
        await using var writer = await store.CreateAsync(id, default);
        await writer.WriteAsync(Bytes(100_000), default);

        await Should.ThrowAsync<ArtifactGoneException>(async () => await store.OpenReadAsync(id, default));
        (await ListAsync(store)).ShouldBeEmpty();
    }

    [Fact]
    public async Task OpenReadAsync_WhenAskedOfTheWriter_HasWhatWasWrittenSoFar()
    {
        var store = Open(_time);
        var id = NextId("art");
        await using var writer = await store.CreateAsync(id, default);
        await writer.WriteAsync(new byte[] { 1, 2, 3 }, default);

        await using (var soFar = await writer.OpenReadAsync(default))
        {
            (await ReadAllAsync(soFar)).ShouldBe([1, 2, 3]);
        }

        await writer.WriteAsync(new byte[] { 4 }, default);
        await writer.CommitAsync(default);
        await using var stream = await store.OpenReadAsync(id, default);
        (await ReadAllAsync(stream)).ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public async Task DisposeAsync_WhenNotCommitted_LeavesNothing()
    {
        var store = Open(_time);
        var id = NextId("art");
        await WriteAsync(store, id, commit: false);

        (await ListAsync(store)).ShouldBeEmpty();
        await Should.ThrowAsync<ArtifactGoneException>(async () => await store.OpenReadAsync(id, default));

        await WriteAsync(store, id, commit: true);
        (await ListAsync(store)).ShouldBe([id]);
    }

    [Fact]
    public async Task CommitAsync_WhenCalledTwice_IsRefused()
    {
        await using var writer = await Open(_time).CreateAsync(NextId("art"), default);
        await writer.CommitAsync(default);

        await Should.ThrowAsync<InvalidOperationException>(async () => await writer.CommitAsync(default));
        await Should.ThrowAsync<InvalidOperationException>(async () => await writer.WriteAsync(new byte[1], default));
    }

    [Fact]
    public async Task CommitAsync_WhenTheNameIsTaken_KeepsTheFirstBytes()
    {
        var store = Open(_time);
        var id = NextId("art");
        await WriteAsync(store, id, commit: true);
        await using (var second = await store.CreateAsync(id, default))
        {
            await second.WriteAsync(new byte[] { 9 }, default);
            await Should.ThrowAsync<InvalidOperationException>(async () => await second.CommitAsync(default));
        }

        await using var stream = await store.OpenReadAsync(id, default);
        stream.Length.ShouldBe(100);
    }

    [Fact]
    public async Task CommitUnflushedAsync_WhenDone_IsLikeAnyOtherCommit()
    {
        var store = Open(_time);
        var id = NextId("art");
        await using (var writer = await store.CreateAsync(id, default))
        {
            await writer.WriteAsync(Bytes(100_000), default);
            await writer.CommitUnflushedAsync(default);
            await Should.ThrowAsync<InvalidOperationException>(async () => await writer.CommitAsync(default));
        }

        await using (var stream = await Open(_time).OpenReadAsync(id, default))
        {
            (await ReadAllAsync(stream)).ShouldBe(Bytes(100_000));
        }

        await Should.ThrowAsync<InvalidOperationException>(() => WriteAsync(store, id, commit: true));
        (await ListAsync(store)).ShouldBe([id]);
        await store.DeleteAsync(id, default);
        (await ListAsync(store)).ShouldBeEmpty();
    }

    [Fact]
    public async Task CommitUnflushedAsync_WhenTheNameIsTaken_KeepsTheFirstBytes()
    {
        var store = Open(_time);
        var id = NextId("art");
        await WriteAsync(store, id, commit: true);
        await using (var second = await store.CreateAsync(id, default))
        {
            await second.WriteAsync(new byte[] { 9 }, default);
            await Should.ThrowAsync<InvalidOperationException>(async () => await second.CommitUnflushedAsync(default));
        }

        await using var stream = await store.OpenReadAsync(id, default);
        stream.Length.ShouldBe(100);
    }

    [Fact]
    public async Task DeleteAsync_WhenCommitted_IsGoneAndMayBeRepeated()
    {
        var store = Open(_time);
        var id = NextId("art");
        await WriteAsync(store, id, commit: true);

        await store.DeleteAsync(id, default);
        await store.DeleteAsync(id, default);
        await store.DeleteAsync(NextId("art"), default);

        await Should.ThrowAsync<ArtifactGoneException>(async () => await store.OpenReadAsync(id, default));
        (await ListAsync(store)).ShouldBeEmpty();
    }

    [Fact]
    public async Task DeleteAsync_WhenSomebodyReads_LetsThemReadOn()
    {
        var store = Open(_time);
        var id = NextId("art");
        await WriteAsync(store, id, commit: true);
        await using var stream = await store.OpenReadAsync(id, default);

        await store.DeleteAsync(id, default);

        (await ReadAllAsync(stream)).Length.ShouldBe(100);
    }

    [Fact]
    public async Task ListAsync_WhenGivenAMoment_NamesWhatWasCommittedBefore()
    {
        var store = Open(_time);
        var (old, fresh) = (NextId("art"), NextId("art"));
        await WriteAsync(store, old, commit: true);
        _time.Advance(TimeSpan.FromHours(1));
        await WriteAsync(store, fresh, commit: true);

        (await ListAsync(store, Start)).ShouldBeEmpty();
        (await ListAsync(store, Start.AddMinutes(30))).ShouldBe([old]);
        (await ListAsync(Open(_time), Start.AddHours(2))).ShouldBe([old, fresh], ignoreOrder: true);
    }

    [Fact]
    public async Task DeleteAbandonedAsync_WhenAWriterLives_LeavesIt()
    {
        var store = Open(_time);
        var id = NextId("art");
        await using var writer = await store.CreateAsync(id, default);
        await writer.WriteAsync(Bytes(100_000), default);

        await store.DeleteAbandonedAsync(Start.AddDays(1), default);

        await writer.CommitAsync(default);
        (await ListAsync(store)).ShouldBe([id]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("art_a/b")]
    [InlineData(@"art_a\b")]
    [InlineData("art_A")]
    [InlineData("art a")]
    [InlineData("art_\0")]
    [InlineData("art_ä")]
    [InlineData("art-1")]
    [InlineData("art.1")]
    [InlineData("a23456789012345678901234567890123456789012345678901234567890123456789012345678901")]
    public async Task Calls_WhenTheIdIsHostile_AreRefused(string id)
    {
        var store = Open(_time);

        await Should.ThrowAsync<ArgumentException>(async () => await store.CreateAsync(id, default));
        await Should.ThrowAsync<ArgumentException>(async () => await store.OpenReadAsync(id, default));
        await Should.ThrowAsync<ArgumentException>(async () => await store.DeleteAsync(id, default));
    }

    [Fact]
    public async Task CommitAsync_WhenManyWrite_KeepsEachItsOwnBytes()
    {
        var store = Open(_time);
        var ids = Enumerable.Range(0, 40).Select(_ => NextId("art")).ToList();

        await Task.WhenAll(ids.Select((id, i) => WriteAsync(store, id, commit: true, length: i * 1000)));

        (await ListAsync(store)).ShouldBe(ids, ignoreOrder: true);
        for (var i = 0; i < ids.Count; i++)
        {
            await using var stream = await store.OpenReadAsync(ids[i], default);
            (await ReadAllAsync(stream)).ShouldBe(Bytes(i * 1000));
        }
    }

    protected static async Task WriteAsync(IArtifactStore store, string id, bool commit, int length = 100)
    {
        await using var writer = await store.CreateAsync(id, default);
        await writer.WriteAsync(Bytes(length), default);
        if (commit)
        {
            await writer.CommitAsync(default);
        }
    }

    protected static async Task<List<string>> ListAsync(IArtifactStore store, DateTimeOffset? writtenBefore = null)
    {
        var names = new List<string>();
        await foreach (var name in store.ListAsync(writtenBefore ?? Start.AddDays(365), default))
        {
            names.Add(name);
        }

        return names;
    }

    protected static byte[] Bytes(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)((i * 31) + (i >> 8)))];

    private static async Task<byte[]> ReadAllAsync(Stream stream)
    {
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }
}
