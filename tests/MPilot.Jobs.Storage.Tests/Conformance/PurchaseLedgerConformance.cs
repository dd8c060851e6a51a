using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Money;

using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.Conformance;

/// <summary>What every purchase ledger has to do.</summary>
public abstract class PurchaseLedgerConformance : StoreConformance
{
    [Fact]
    public async Task ListAsync_WhenACallIsIntended_HasNoRowForIt()
    {
        var state = await Jobs.AcceptedAsync(NewJob());

        (await Purchases.ListAsync(state.Id, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ListAsync_WhenACallIsSent_HasItWithItsBoundAndNoCostYet()
    {
        var state = await Jobs.AcceptedAsync(NewJob(tenant: "shop"));
        await Jobs.ToldAsync(state, SendingFor(new Cost(0.25m, "USD", Known: true)));

        (await Purchases.ListAsync(state.Id, default)).ShouldHaveSingleItem().ShouldBe(new()
        {
            Job = state.Id,
            Attempt = 1,
            Tenant = "shop",
            Provider = "openai",
            Model = "gpt-image-1.5",
            Key = "main",
            Pictures = 1,
            Status = AttemptStatus.Sending,
            Failure = null,
            PossibleDouble = false,
            ProviderJobId = null,
            Bound = 0.25m,
            Cost = Cost.Unknown with { Currency = "USD" },
            SentAt = Start.AddSeconds(1),
            EndedAt = null,
        });
    }

    [Fact]
    public async Task ListAsync_WhenCallsEnd_SaysHowAndForHowMuch()
    {
        var state = await Jobs.AcceptedAsync(NewJob());
        state = await Jobs.ToldAsync(state, SendingFor(bound: null));
        state = await Jobs.ToldAsync(state, Accepted());
        state = await Jobs.ToldAsync(state, new JobFact.AttemptEnded(Start.AddSeconds(3), 1, new AttemptOutcome.Lost(), 0));
        state = await Jobs.ToldAsync(state, Sending(attempt: 2));
        var failed = new AttemptOutcome.Failed(new AttemptFailure(FailureKind.Refused, 400));
        await Jobs.ToldAsync(state, new JobFact.AttemptEnded(Start.AddSeconds(4), 2, failed, 0, new Cost(0.0421m, "USD", Known: true)));

        var rows = await Purchases.ListAsync(state.Id, default);

        rows.Select(r => (r.Attempt, r.Status, r.Failure)).ShouldBe(
            [(1, AttemptStatus.Lost, FailureKind.Lost), (2, AttemptStatus.Failed, FailureKind.Refused)]);
        rows.Select(r => r.Cost).ShouldBe([Cost.Unknown, new(0.0421m, "USD", Known: true)]);
        rows.Select(r => (r.PossibleDouble, r.ProviderJobId, r.Bound)).ShouldBe([(false, "prov-1", null), (true, null, null)]);
        rows.Select(r => r.EndedAt).ShouldBe([Start.AddSeconds(3), Start.AddSeconds(4)]);
    }

    [Fact]
    public async Task ListAsync_WhenTheJobIsGone_StillHasItsCalls()
    {
        var old = await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));
        await Outbox.DeleteAsync([.. (await ReadOutboxAsync(1000)).Select(r => r.Id)], default);

        await Jobs.PruneAsync(Start.AddDays(1), Start.AddDays(1), Start.AddDays(1), 10, default);

        (await Jobs.LoadAsync(old.Id, default)).ShouldBeNull();
        (await Purchases.ListAsync(old.Id, default)).ShouldHaveSingleItem().Status.ShouldBe(AttemptStatus.Succeeded);
    }

    [Fact]
    public async Task PruneAsync_WhenCallsAreOld_DropsThoseThatEndedInSteps()
    {
        var ended = new[] { await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3)), await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3)) };
        var open = await Jobs.ToldAsync(await Jobs.AcceptedAsync(NewJob()), Sending());

        (await Purchases.PruneAsync(Start.AddSeconds(1), 10, default)).ShouldBe(0);
        (await Purchases.PruneAsync(Start.AddSeconds(2), 1, default)).ShouldBe(1);
        (await Purchases.PruneAsync(Start.AddSeconds(2), 10, default)).ShouldBe(1);

        foreach (var job in ended)
        {
            (await Purchases.ListAsync(job.Id, default)).ShouldBeEmpty();
        }

        (await Purchases.ListAsync(open.Id, default)).Count.ShouldBe(1);
    }

    private static JobFact SendingFor(Cost? bound) => new JobFact.AttemptSending(Start.AddSeconds(1), 1, "main", "lease-1", "node-1", 1, bound);
}
