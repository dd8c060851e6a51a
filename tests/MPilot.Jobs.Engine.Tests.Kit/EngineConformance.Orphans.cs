using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Kit;

public abstract partial class EngineConformance
{
    private PolledDriver Polled => World.Polled;

    [Fact(Timeout = HangGuard)]
    public async Task Orphan_WhenTheProviderNamedItsJob_IsAskedAfterAndBoughtOnce()
    {
        var job = await OrphanAsync();

        await using var next = await CreateEngineAsync();
        Polled.End("upstream-1");
        var final = await FinalAsync(job);

        final.Status.ShouldBe(JobStatus.Succeeded);
        final.Attempts.ShouldHaveSingleItem().Status.ShouldBe(AttemptStatus.Succeeded);
        Polled.Purchases.ShouldBe([job]);
        Polled.AskedAfter.ShouldBe(["upstream-1"]);
        ShouldHaveEndedOnce(job);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Orphan_WhenItsNodeDiesAgain_IsAskedAfterByTheNext()
    {
        var job = await OrphanAsync();
        var faults = Faults.None();
        var first = World.Store.Job(job).Attempts[0].Epoch;
        await CreateEngineAsync(World.NewProcess(faults));
        await World.Store.WhenAsync(job, s => s.Attempts[0].Epoch > first);
        faults.Kill();

        await using var next = await CreateEngineAsync();
        Polled.End("upstream-1");

        (await FinalAsync(job)).Status.ShouldBe(JobStatus.Succeeded);
        Polled.Purchases.ShouldBe([job]);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Orphan_WhenTheProviderKnowsItNoMore_IsLostAndRepeatedUnderTheFlag()
    {
        var job = await OrphanAsync();
        Polled.Forget("upstream-1");
        Polled.IsInstant = true;

        await using var next = await CreateEngineAsync();
        var final = await FinalAsync(job);

        final.Attempts.Select(a => (a.Status, a.PossibleDoublePurchase)).ShouldBe([(AttemptStatus.Lost, false), (AttemptStatus.Succeeded, true)]);
        Polled.Purchases.ShouldBe([job, job]);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Orphan_WhileItIsAskedAfter_HoldsItsPlaceAtTheGate()
    {
        World.Options.Providers["polled"].Concurrency = 1;
        var job = await OrphanAsync();
        var first = World.Store.Job(job).Attempts[0].Epoch;
        await using var next = await CreateEngineAsync();

        var other = await AcceptAsync(next, [World.Step("polled")]);
        await World.Store.WhenAsync(job, s => s.Attempts[0].Epoch > first);
        Polled.Purchases.ShouldBe([job]);
        Polled.End("upstream-1");
        await World.Store.WhenAsync(other, s => s.Attempts[0].ProviderJobId is not null);
        Polled.End("upstream-2");

        (await FinalAsync(other)).Status.ShouldBe(JobStatus.Succeeded);
    }

    [Theory(Timeout = HangGuard)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Orphan_WhenCanceled_IsStoppedAtTheProvider(bool tooLate)
    {
        Polled.CancelsTooLate = tooLate;
        var job = await OrphanAsync();
        await using var next = await CreateEngineAsync();

        await next.Jobs.TellAsync(job, Cancel(), CancellationToken.None);
        var final = await FinalAsync(job);

        final.Status.ShouldBe(tooLate ? JobStatus.Succeeded : JobStatus.Canceled, "a picture that arrives first wins");
        Polled.Canceled.ShouldBe(["upstream-1"]);
        Polled.Purchases.ShouldBe([job]);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Cancel_WhenTheProviderHasAJobOfIt_StopsThat()
    {
        await using var engine = await CreateEngineAsync();
        var job = await AcceptAsync(engine, [World.Step("polled"), World.Step("b")]);
        await World.Store.WhenAsync(job, s => s.Attempts[0].ProviderJobId is not null);

        await engine.Jobs.TellAsync(job, Cancel(), CancellationToken.None);

        (await FinalAsync(job)).Status.ShouldBe(JobStatus.Canceled);
        Polled.Canceled.ShouldBe(["upstream-1"]);
    }

    [Theory(Timeout = HangGuard)]
    [InlineData(false, AttemptStatus.Failed)]
    [InlineData(true, AttemptStatus.Succeeded)]
    public async Task Timeout_WhenTheProviderHasAJobOfIt_StopsItAndTakesWhatItMade(bool tooLate, AttemptStatus first)
    {
        Polled.CancelsTooLate = tooLate;
        World.Providers["b"].Auto = c => c.SucceedAsync();
        await using var engine = await CreateEngineAsync();
        var job = await AcceptAsync(engine, [World.Step("polled"), World.Step("b")]);
        await World.Store.WhenAsync(job, s => s.Attempts[0].ProviderJobId is not null);

        World.Time.Advance(World.Options.Providers["polled"].Timeout);
        var final = await FinalAsync(job);

        final.Status.ShouldBe(JobStatus.Succeeded);
        final.Attempts[0].Status.ShouldBe(first);
        final.Attempts.ShouldAllBe(a => !a.PossibleDoublePurchase, "the provider said that it made nothing");
        Polled.Purchases.ShouldBe([job]);
    }

    /// <summary>A job whose provider has named its own, and whose node is gone.</summary>
    private async Task<string> OrphanAsync()
    {
        var faults = Faults.None();
        var engine = await CreateEngineAsync(World.NewProcess(faults));
        var job = await AcceptAsync(engine, [World.Step("polled")]);
        await World.Store.WhenAsync(job, s => s.Attempts[0].ProviderJobId is not null);
        faults.Kill();
        return job;
    }
}
