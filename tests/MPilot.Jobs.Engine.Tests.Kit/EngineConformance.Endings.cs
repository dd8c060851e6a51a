using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Gates;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Kit;

public abstract partial class EngineConformance
{
    [Fact(Timeout = HangGuard)]
    public async Task Cancel_WhenRetryIsNotYetDue_CancelsAtOnce()
    {
        await using var engine = await CreateEngineAsync();
        var job = await AcceptAsync(engine, [World.Step("a", retries: 1)]);
        (await A.NextCallAsync()).Fail(FailureKind.Transient);
        await World.Store.WhenAsync(job, s => s.Attempts.Length == 2);

        await engine.Jobs.TellAsync(job, Cancel(), CancellationToken.None);

        World.Store.Job(job).Status.ShouldBe(JobStatus.Canceled);
        World.Time.Advance(TimeSpan.FromMinutes(1));
        A.HasCall.ShouldBeFalse();
        ShouldHaveEndedOnce(job);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Cancel_WhenQueuedAtGate_CancelsAtOnceAndLetsTheNextThrough()
    {
        World.Options.Providers["a"].Concurrency = 1;
        await using var engine = await CreateEngineAsync();
        var first = await AcceptAsync(engine);
        var call = await A.NextCallAsync();
        var queued = await AcceptAsync(engine);
        var third = await AcceptAsync(engine);

        await engine.Jobs.TellAsync(queued, Cancel(), CancellationToken.None);
        World.Store.Job(queued).Status.ShouldBe(JobStatus.Canceled);
        await call.SucceedAsync();
        await (await A.NextCallAsync()).SucceedAsync();

        (await FinalAsync(third)).Status.ShouldBe(JobStatus.Succeeded);
        (await FinalAsync(first)).Status.ShouldBe(JobStatus.Succeeded);
        World.PurchasesOf(queued).ShouldBe(0);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Cancel_WhenInFlight_StopsTheCallAndEndsOnceItIsAccountedFor()
    {
        await using var engine = await CreateEngineAsync();
        var job = await AcceptAsync(engine, [World.Step("a", retries: 2), World.Step("b")]);
        var call = await A.NextCallAsync();

        var answer = await engine.Jobs.TellAsync(job, Cancel(), CancellationToken.None);
        var final = await FinalAsync(job);

        answer.Verdict.ShouldBe(Verdict.Applied);
        call.Canceled.IsCancellationRequested.ShouldBeTrue();
        final.Status.ShouldBe(JobStatus.Canceled);
        final.Attempts.ShouldHaveSingleItem().Status.ShouldBe(AttemptStatus.Canceled);
        ShouldHaveEndedOnce(job);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Cancel_WhenPictureArrivesFirst_ThePictureWins()
    {
        var parts = World.NewProcess();
        await using var engine = await CreateEngineAsync(parts);
        var job = await AcceptAsync(engine);
        var call = await A.NextCallAsync();
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        parts.Store.Saving = async _ =>
        {
            arrived.TrySetResult();
            await go.Task;
        };

        await call.SucceedAsync();
        await arrived.Task;
        var cancel = engine.Jobs.TellAsync(job, Cancel(), CancellationToken.None);
        go.SetResult();

        (await cancel).Verdict.ShouldBe(Verdict.Ignored);
        (await FinalAsync(job)).Status.ShouldBe(JobStatus.Succeeded);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Deadline_WhenCallHangs_FailsTheJobAndStopsTheCall()
    {
        await using var engine = await CreateEngineAsync();
        var job = await AcceptAsync(engine, deadline: TimeSpan.FromSeconds(30));
        var call = await A.NextCallAsync();
        await World.Time.WhenTimerWithinAsync(TimeSpan.FromSeconds(30));

        World.Time.Advance(TimeSpan.FromSeconds(30));
        var final = await FinalAsync(job);
        await engine.WhenIdleAsync();

        final.Status.ShouldBe(JobStatus.Failed);
        final.Failure!.Failure.Kind.ShouldBe(FailureKind.DeadlineExceeded);
        call.Canceled.IsCancellationRequested.ShouldBeTrue();
        ShouldHaveEndedOnce(job);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Deadline_WhenQueuedAtGate_FailsTheJobWithoutAPurchase()
    {
        World.Options.Providers["a"].Concurrency = 1;
        await using var engine = await CreateEngineAsync();
        await AcceptAsync(engine);
        var call = await A.NextCallAsync();
        var deadline = LeaseTerms.Life / 2; // So that no lease can end before its renewal arrives, and let the queued call go.
        var job = await AcceptAsync(engine, deadline: deadline);

        World.Time.Advance(deadline);
        var final = await FinalAsync(job);
        await call.SucceedAsync();
        await engine.WhenIdleAsync();

        final.Failure!.Failure.Kind.ShouldBe(FailureKind.DeadlineExceeded);
        World.PurchasesOf(job).ShouldBe(0);
        ShouldHaveEndedOnce(job);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Gate_WhenOneCallAtATimeIsAllowed_ServesAllJobsInAcceptOrder()
    {
        World.Options.Providers["a"].Concurrency = 1;
        A.Auto = async call =>
        {
            await Task.Yield();
            await call.SucceedAsync();
        };
        await using var engine = await CreateEngineAsync();
        var jobs = new List<string>();
        for (var i = 0; i < 50; i++)
        {
            jobs.Add(await AcceptAsync(engine));
            World.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        foreach (var job in jobs)
        {
            (await FinalAsync(job)).Status.ShouldBe(JobStatus.Succeeded);
        }

        A.Purchases.ShouldBe(jobs);
        A.MaxInFlight.ShouldBe(1);
    }
}
