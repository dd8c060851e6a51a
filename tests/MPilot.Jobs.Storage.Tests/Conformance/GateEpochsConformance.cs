using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Store;

using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.Conformance;

/// <summary>What every store has to know for gates that start anew.</summary>
public abstract class GateEpochsConformance : StoreConformance
{
    [Fact]
    public async Task OpenAsync_WhenCalledAgain_CountsUpForEachProviderByItself()
    {
        (await Gates.OpenAsync("a", default)).ShouldBe(1);
        (await Gates.OpenAsync("a", default)).ShouldBe(2);
        (await Gates.OpenAsync("b", default)).ShouldBe(1);
    }

    [Fact]
    public async Task OpenAsync_WhenManyRace_GivesEachItsOwnEpoch()
        => (await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Gates.OpenAsync("a", default)))).ShouldBeUnique();

    [Fact]
    public async Task SaveAsync_WhenFencedByTheNewestEpoch_IsStored()
    {
        var job = await Jobs.AcceptedAsync(NewJob());
        var epoch = await Gates.OpenAsync("openai", default);

        await Jobs.SaveAsync(Save(job, Sending()) with { Fence = new("openai", epoch) }, default);

        (await Jobs.LoadAsync(job.Id, default))!.Version.ShouldBe(job.Version + 1);
    }

    [Fact]
    public async Task SaveAsync_WhenTheGateHasMoved_IsRefusedAndChangesNothing()
    {
        var job = await Jobs.AcceptedAsync(NewJob());
        var epoch = await Gates.OpenAsync("openai", default);
        await Gates.OpenAsync("openai", default);

        await Should.ThrowAsync<GateMovedException>(() => Jobs.SaveAsync(Save(job, Sending()) with { Fence = new("openai", epoch) }, default));

        (await Jobs.LoadAsync(job.Id, default))!.Version.ShouldBe(job.Version);
        (await Gates.ListInFlightAsync("openai", Start, default)).ShouldBeEmpty();
        await Jobs.ToldAsync(job, Sending());
    }

    [Fact]
    public async Task OpenAsync_WhenItRacesWithSends_HasEachSendBeforeItOrRefused()
    {
        var jobs = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Jobs.AcceptedAsync(NewJob())));
        var epoch = await Gates.OpenAsync("openai", default);

        var sends = jobs.Select(job => IsSentAsync(Save(job, Sending()) with { Fence = new("openai", epoch) })).ToList();
        await Gates.OpenAsync("openai", default);
        var seen = (await Gates.ListInFlightAsync("openai", Start, default)).Select(c => c.Job).ToHashSet(StringComparer.Ordinal);

        var sent = await Task.WhenAll(sends);
        jobs.Where((_, i) => sent[i]).ShouldAllBe(job => seen.Contains(job.Id), "what was sent under the old epoch is known to the new one");
    }

    [Fact]
    public async Task ListInFlightAsync_WhenCallsAreSentAndAccepted_HasThemUntilTheyEnd()
    {
        await Jobs.AcceptedAsync(NewJob());
        var sent = await Jobs.ToldAsync(await Jobs.AcceptedAsync(NewJob()), Sending());
        var accepted = await Jobs.ToldAsync(await Jobs.ToldAsync(await Jobs.AcceptedAsync(NewJob()), Sending()), Accepted());
        var ended = await Jobs.ToldAsync(await Jobs.AcceptedAsync(NewJob()), Sending());
        await Jobs.ToldAsync(ended, Failed(Domain.Fallback.FailureKind.Refused, 0));

        (await Gates.ListInFlightAsync("openai", Start, default)).ShouldBe(
            new[] { new CallInFlight(sent.Id, 1), new CallInFlight(accepted.Id, 1) }.OrderBy(c => c.Job, StringComparer.Ordinal));
        (await Gates.ListInFlightAsync("other", Start, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ListInFlightAsync_WhenACallWasGivenUpForLost_HasItForAWhile()
    {
        var sent = await Jobs.ToldAsync(await Jobs.AcceptedAsync(NewJob()), Sending());
        var lost = await Jobs.ToldAsync(sent, new JobFact.AttemptEnded(Start.AddSeconds(3), 1, new AttemptOutcome.Lost(), 0));
        var at = lost.Attempts[0].EndedAt!.Value;

        (await Gates.ListInFlightAsync("openai", at, default)).ShouldBe([new(sent.Id, 1)]);
        (await Gates.ListInFlightAsync("openai", at.AddMilliseconds(1), default)).ShouldBeEmpty();
        (await Gates.ListInFlightAsync("other", at, default)).ShouldBeEmpty();
    }

    private async Task<bool> IsSentAsync(JobSave save)
    {
        try
        {
            await Jobs.SaveAsync(save, default);
            return true;
        }
        catch (GateMovedException)
        {
            return false;
        }
    }
}
