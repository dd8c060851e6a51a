using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Storage.Tests.Samples;

using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.Conformance;

public abstract class ArtifactLedgerConformance : StoreConformance
{
    private static readonly DateTimeOffset UploadEnd = Start.AddHours(1);
    private static readonly DateTimeOffset ResultEnd = Start.AddHours(24);

    [Fact]
    public async Task FindAsync_WhenAdded_HasItsRecordAndItsOwnEnd()
    {
        var artifact = await UploadAsync();

        (await Artifacts.FindAsync(artifact.Artifact.Id, default)).ShouldBe(new ArtifactLife(artifact, UploadEnd));
        (await Artifacts.FindAsync("art_unknown", default)).ShouldBeNull();
    }

    [Fact]
    public async Task InsertAsync_WhenItAdopts_KeepsTheArtifactOpenEnded()
    {
        var id = (await UploadAsync()).Artifact.Id;

        await Jobs.AcceptedAsync(NewJob(), null, id);

        (await Artifacts.FindAsync(id, default))!.Until.ShouldBeNull();
        (await Artifacts.MarkDeletingAsync(Start.AddDays(365), 10, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task SaveAsync_WhenTheJobBecomesFinal_EndsAllItKeeps()
    {
        var source = (await UploadAsync()).Artifact.Id;
        var result = (await UploadAsync()).Artifact.Id;
        var state = await Jobs.ToldAsync(await Jobs.AcceptedAsync(NewJob(), null, source), Sending());

        await Jobs.ToldAsync(state, Succeeded(), ResultEnd, result);

        (await Artifacts.FindAsync(source, default))!.Until.ShouldBe(ResultEnd);
        (await Artifacts.FindAsync(result, default))!.Until.ShouldBe(ResultEnd);
        (await Artifacts.MarkDeletingAsync(ResultEnd, 10, default)).ShouldBeEmpty();
        (await Artifacts.MarkDeletingAsync(ResultEnd.AddMilliseconds(1), 10, default)).ShouldBe([source, result], ignoreOrder: true);
    }

    [Fact]
    public async Task FindAsync_WhenTwoJobsKeepIt_LivesAsLongAsTheLonger()
    {
        var id = (await UploadAsync()).Artifact.Id;
        var first = await Jobs.ToldAsync(await Jobs.AcceptedAsync(NewJob(), null, id), Sending());
        var second = await Jobs.ToldAsync(await Jobs.AcceptedAsync(NewJob(), null, id), Sending());

        await Jobs.ToldAsync(first, Succeeded(), ResultEnd);
        (await Artifacts.FindAsync(id, default))!.Until.ShouldBeNull();

        await Jobs.ToldAsync(second, Succeeded(), ResultEnd.AddHours(1));
        (await Artifacts.FindAsync(id, default))!.Until.ShouldBe(ResultEnd.AddHours(1));
        (await Artifacts.MarkDeletingAsync(ResultEnd.AddMinutes(1), 10, default)).ShouldBeEmpty();
        (await Artifacts.FindAsync(id, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task MarkDeletingAsync_WhenNobodyAdopted_NamesItUntilItIsRemoved()
    {
        var id = (await UploadAsync()).Artifact.Id;

        (await Artifacts.MarkDeletingAsync(UploadEnd, 10, default)).ShouldBeEmpty();
        (await Artifacts.MarkDeletingAsync(UploadEnd.AddMilliseconds(1), 10, default)).ShouldBe([id]);
        (await Artifacts.MarkDeletingAsync(UploadEnd.AddMilliseconds(1), 10, default)).ShouldBe([id], "its bytes may still be there");
        (await Artifacts.FindAsync(id, default)).ShouldBeNull();

        await Artifacts.RemoveAsync([id], default);
        (await Artifacts.MarkDeletingAsync(UploadEnd.AddMilliseconds(1), 10, default)).ShouldBeEmpty();
        (await Artifacts.FilterUnknownAsync([id], default)).ShouldBe([id]);
    }

    [Fact]
    public async Task MarkDeletingAsync_WhenLimited_GetsThroughInSteps()
    {
        var ids = (await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => UploadAsync()))).Select(a => a.Artifact.Id).ToList();
        var gone = new List<string>();

        while (await Artifacts.MarkDeletingAsync(UploadEnd.AddSeconds(1), 2, default) is { Count: > 0 } marked)
        {
            marked.Count.ShouldBeLessThanOrEqualTo(2);
            gone.AddRange(marked);
            await Artifacts.RemoveAsync(marked, default);
        }

        gone.ShouldBe(ids, ignoreOrder: true);
    }

    [Fact]
    public async Task MarkDeletingAsync_WhenAJobWasPruned_NamesWhatItKept()
    {
        var id = (await UploadAsync()).Artifact.Id;
        var state = await Jobs.ToldAsync(await Jobs.AcceptedAsync(NewJob(), null, id), Sending());
        await Jobs.ToldAsync(state, Succeeded(), Start.AddDays(2000));
        await Outbox.DeleteAsync([.. (await ReadOutboxAsync(100)).Select(r => r.Id)], default);

        await Jobs.PruneAsync(Start, Start, Start.AddDays(365), 10, default);

        (await Artifacts.MarkDeletingAsync(Start, 10, default)).ShouldBe([id]);
    }

    [Fact]
    public async Task RemoveAsync_WhenItIsNotMarked_LeavesIt()
    {
        var id = (await UploadAsync()).Artifact.Id;

        await Artifacts.RemoveAsync([id], default);

        (await Artifacts.FindAsync(id, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task InsertAsync_WhenAnArtifactIsBeingDeleted_WritesNothing()
    {
        var fine = (await UploadAsync()).Artifact.Id;
        var doomed = (await UploadAsync(Start)).Artifact.Id;
        await Artifacts.MarkDeletingAsync(Start.AddSeconds(1), 10, default);
        var insert = Accept(NewJob(), null, fine, doomed);

        await Should.ThrowAsync<ArtifactGoneException>(() => Jobs.InsertAsync(insert, default));

        (await Jobs.LoadAsync(insert.State.Id, default)).ShouldBeNull();
        (await ReadOutboxAsync(10)).ShouldBeEmpty();
        (await Artifacts.FindAsync(fine, default))!.Until.ShouldBe(UploadEnd, "it was not adopted");
    }

    [Fact]
    public async Task SaveAsync_WhenAnArtifactIsMissing_WritesNothing()
    {
        var state = await Jobs.ToldAsync(await Jobs.AcceptedAsync(NewJob()), Sending());

        await Should.ThrowAsync<ArtifactGoneException>(() => Jobs.SaveAsync(Save(state, Succeeded(), ResultEnd, "art_missing"), default));

        (await Jobs.LoadAsync(state.Id, default))!.Version.ShouldBe(2);
        (await ReadOutboxAsync(10)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task InsertAsync_WhenTheArtifactIsAnotherTenants_IsGone()
    {
        var id = (await UploadAsync(tenant: "shop-a")).Artifact.Id;

        await Should.ThrowAsync<ArtifactGoneException>(() => Jobs.InsertAsync(Accept(NewJob("shop-b"), null, id), default));
    }

    [Fact]
    public async Task MarkDeletingAsync_WhenItRacesWithAdoption_EitherWinsWhole()
    {
        var ids = (await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => UploadAsync(Start)))).Select(a => a.Artifact.Id).ToList();

        var adoptions = ids.Select(id => Jobs.InsertAsync(Accept(NewJob(), null, id), default)).ToList();
        var sweeps = Enumerable.Range(0, 20).Select(_ => Artifacts.MarkDeletingAsync(Start.AddSeconds(1), 7, default)).ToList();
        await Task.WhenAll(adoptions.Select(a => a.ContinueWith(_ => { }, TaskScheduler.Default)));
        await Task.WhenAll(sweeps);

        var marked = await Artifacts.MarkDeletingAsync(Start.AddSeconds(1), 1000, default);
        for (var i = 0; i < ids.Count; i++)
        {
            marked.Contains(ids[i]).ShouldBe(adoptions[i].IsFaulted);
            (await Artifacts.FindAsync(ids[i], default) is null).ShouldBe(adoptions[i].IsFaulted);
        }
    }

    [Fact]
    public async Task FilterUnknownAsync_WhenMixed_NamesThoseWithoutARow()
    {
        var known = (await UploadAsync()).Artifact.Id;
        var doomed = (await UploadAsync(Start)).Artifact.Id;
        await Artifacts.MarkDeletingAsync(Start.AddSeconds(1), 10, default);

        (await Artifacts.FilterUnknownAsync([known, "art_x", doomed, "art_y"], default)).ShouldBe(["art_x", "art_y"]);
        (await Artifacts.FilterUnknownAsync([], default)).ShouldBeEmpty();
    }

    private async Task<ArtifactRecord> UploadAsync(DateTimeOffset? until = null, string tenant = Tenant)
    {
        var artifact = NewArtifact(tenant);
        await Artifacts.AddAsync([artifact], until ?? UploadEnd, default);
        return artifact;
    }
}
