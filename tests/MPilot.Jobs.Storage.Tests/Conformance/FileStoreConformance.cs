using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Files;

using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.Conformance;

public abstract class FileStoreConformance : StoreConformance
{
    private static readonly DateTimeOffset End = Start.AddDays(30);

    [Fact]
    public async Task FindAsync_WhenAdded_HasTheWholeFile()
    {
        foreach (var facts in new[]
        {
            new PictureFacts(PictureFormat.Png, new(16, 12), 1, true, 1),
            new PictureFacts(PictureFormat.Jpeg, new(65535, 1), 1, false, 8),
            new PictureFacts(PictureFormat.Webp, new(1, 2), 3, true, 1),
        })
        {
            var file = await AddAsync(facts: facts);

            (await Files.FindAsync(Tenant, file.Id, Start, default)).ShouldBe(file);
        }
    }

    [Fact]
    public async Task FindAsync_WhenExpiredUnknownOrAnothers_HasNone()
    {
        var file = await AddAsync();

        (await Files.FindAsync(Tenant, file.Id, End.AddMilliseconds(-1), default)).ShouldNotBeNull();
        (await Files.FindAsync(Tenant, file.Id, End, default)).ShouldBeNull();
        (await Files.FindAsync(Tenant, "file_unknown", Start, default)).ShouldBeNull();
        (await Files.FindAsync("shop-b", file.Id, Start, default)).ShouldBeNull();
    }

    [Fact]
    public async Task AddAsync_WhenDone_KeepsTheArtifactUntilTheFileExpires()
    {
        var file = await AddAsync();
        var artifact = file.Picture.Artifact.Id;

        (await Artifacts.FindAsync(artifact, default))!.Until.ShouldBe(End);
        (await Artifacts.MarkDeletingAsync(End, 10, default)).ShouldBeEmpty();
        (await Artifacts.MarkDeletingAsync(End.AddMilliseconds(1), 10, default)).ShouldBe([artifact]);
    }

    [Fact]
    public async Task AddAsync_WhenTheArtifactIsGoneOrAnothers_WritesNothing()
    {
        var missing = NewFile(NewArtifact());
        var foreign = NewArtifact("shop-b");
        await Artifacts.AddAsync([foreign], Start.AddHours(1), default);

        await Should.ThrowAsync<ArtifactGoneException>(() => Files.AddAsync(missing, default));
        await Should.ThrowAsync<ArtifactGoneException>(() => Files.AddAsync(NewFile(foreign) with { Tenant = Tenant }, default));

        (await Files.ListAsync(new(Tenant, Start, 10), default)).ShouldBeEmpty();
        (await Artifacts.FindAsync(foreign.Artifact.Id, default))!.Until.ShouldBe(Start.AddHours(1));
    }

    [Fact]
    public async Task ListAsync_WhenFiltered_HasThoseInOrder()
    {
        var files = new List<StoredFile>();
        for (var i = 0; i < 5; i++)
        {
            files.Add(await AddAsync(purpose: i % 2 == 0 ? "vision" : "user_data", expiresAt: i == 4 ? Start.AddDays(1) : End));
        }

        await AddAsync(tenant: "shop-b");
        var all = new FileQuery(Tenant, Start, 10);

        (await ListAsync(all)).ShouldBe([files[4], files[3], files[2], files[1], files[0]]);
        (await ListAsync(all with { OldestFirst = true, Limit = 2 })).ShouldBe([files[0], files[1]]);
        (await ListAsync(all with { After = files[3].Id, Limit = 2 })).ShouldBe([files[2], files[1]]);
        (await ListAsync(all with { After = files[3].Id, OldestFirst = true })).ShouldBe([files[4]]);
        (await ListAsync(all with { Purpose = "vision" })).ShouldBe([files[4], files[2], files[0]]);
        (await ListAsync(all with { Purpose = "vision", After = files[0].Id, OldestFirst = true })).ShouldBe([files[2], files[4]]);
        (await ListAsync(all with { Now = Start.AddDays(1), Limit = 1 })).ShouldBe([files[3]]);
        (await ListAsync(all with { Purpose = "assistants" })).ShouldBeEmpty();
    }

    [Fact]
    public async Task DeleteAsync_WhenDone_LeavesNeitherFileNorPicture()
    {
        var file = await AddAsync();

        (await Files.DeleteAsync("shop-b", file.Id, Start, default)).ShouldBeFalse();
        (await Files.DeleteAsync(Tenant, file.Id, End, default)).ShouldBeFalse();
        (await Files.DeleteAsync(Tenant, file.Id, Start, default)).ShouldBeTrue();
        (await Files.DeleteAsync(Tenant, file.Id, Start, default)).ShouldBeFalse();

        (await Files.FindAsync(Tenant, file.Id, Start, default)).ShouldBeNull();
        (await Artifacts.MarkDeletingAsync(Start, 10, default)).ShouldBe([file.Picture.Artifact.Id]);
    }

    [Fact]
    public async Task DeleteAsync_WhenTwoJobsUseThePicture_ItDiesAfterTheLastOfThem()
    {
        var file = await AddAsync();
        var artifact = file.Picture.Artifact.Id;
        var first = await Jobs.ToldAsync(await Jobs.AcceptedAsync(NewJob(), null, artifact), Sending());
        var second = await Jobs.ToldAsync(await Jobs.AcceptedAsync(NewJob(), null, artifact), Sending());

        await Files.DeleteAsync(Tenant, file.Id, Start, default);
        await Jobs.ToldAsync(first, Succeeded(), Start.AddHours(24));
        (await Artifacts.MarkDeletingAsync(Start.AddDays(400), 10, default)).ShouldBeEmpty("the second still runs");

        await Jobs.ToldAsync(second, Succeeded(), Start.AddHours(48));
        (await Artifacts.MarkDeletingAsync(Start.AddHours(48), 10, default)).ShouldBeEmpty();
        (await Artifacts.MarkDeletingAsync(Start.AddHours(49), 10, default)).ShouldBe([artifact]);
    }

    [Fact]
    public async Task InsertAsync_WhenAJobUsesAFile_TheFileOutlivesTheJob()
    {
        var file = await AddAsync();
        var artifact = file.Picture.Artifact.Id;
        var state = await Jobs.ToldAsync(await Jobs.AcceptedAsync(NewJob(), null, artifact), Sending());

        await Jobs.ToldAsync(state, Succeeded(), Start.AddHours(24));

        (await Artifacts.MarkDeletingAsync(Start.AddDays(2), 10, default)).ShouldBeEmpty();
        (await Artifacts.FindAsync(artifact, default))!.Until.ShouldBe(End);
        (await Artifacts.MarkDeletingAsync(End.AddSeconds(1), 10, default)).ShouldBe([artifact]);
    }

    [Fact]
    public async Task PruneAsync_WhenFilesHaveExpired_DropsTheirRowsInSteps()
    {
        for (var i = 0; i < 3; i++)
        {
            await AddAsync(expiresAt: Start.AddDays(1));
        }

        var lasting = await AddAsync();

        (await Files.PruneAsync(Start.AddDays(1).AddMilliseconds(-1), 10, default)).ShouldBe(0);
        (await Files.PruneAsync(Start.AddDays(1), 2, default)).ShouldBe(2);
        (await Files.PruneAsync(Start.AddDays(1), 2, default)).ShouldBe(1);
        (await ListAsync(new(Tenant, Start, 10))).ShouldBe([lasting]);
    }

    private async Task<List<StoredFile>> ListAsync(FileQuery query) => [.. await Files.ListAsync(query, default)];

    private async Task<StoredFile> AddAsync(
        PictureFacts? facts = null, string purpose = "vision", DateTimeOffset? expiresAt = null, string tenant = Tenant)
    {
        var artifact = NewArtifact(tenant);
        await Artifacts.AddAsync([artifact], Start.AddHours(1), default);
        var file = NewFile(artifact, facts) with { Purpose = purpose, ExpiresAt = expiresAt ?? End };
        await Files.AddAsync(file, default);
        return file;
    }

    private static StoredFile NewFile(ArtifactRecord artifact, PictureFacts? facts = null) => new(
        NextId("file"), artifact.Tenant,
        new(artifact.Artifact, facts ?? new(PictureFormat.Png, new(16, 12), 1, true, 1)), "vision", Start, End);
}
