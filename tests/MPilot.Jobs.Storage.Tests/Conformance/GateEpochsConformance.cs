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
    public async Task ListInFlightAsync_WhenCallsAreSentAndAccepted_HasThemUntilTheyEnd()
    {
        await Jobs.AcceptedAsync(NewJob());
        var sent = await Jobs.ToldAsync(await Jobs.AcceptedAsync(NewJob()), Sending());
        var accepted = await Jobs.ToldAsync(await Jobs.ToldAsync(await Jobs.AcceptedAsync(NewJob()), Sending()), Accepted());
        var ended = await Jobs.ToldAsync(await Jobs.AcceptedAsync(NewJob()), Sending());
        await Jobs.ToldAsync(ended, Failed(Domain.Fallback.FailureKind.Refused, 0));

        (await Gates.ListInFlightAsync("openai", default)).ShouldBe(
            new[] { new CallInFlight(sent.Id, 1), new CallInFlight(accepted.Id, 1) }.OrderBy(c => c.Job, StringComparer.Ordinal));
        (await Gates.ListInFlightAsync("other", default)).ShouldBeEmpty();
    }
}
