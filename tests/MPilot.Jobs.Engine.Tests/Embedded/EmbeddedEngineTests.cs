using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Embedded;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Embedded;

public sealed class EmbeddedEngineTests
{
    private readonly World _world = new();

    private ScriptedDriver A => _world.Providers["a"];

    [Fact(Timeout = 20_000)]
    public async Task ActiveJobs_WhenAllHaveEnded_IsZero()
    {
        A.Auto = c => c.SucceedAsync();
        await using var engine = await RunningEmbeddedEngine.StartAsync(_world.NewProcess());
        for (var i = 0; i < 20; i++)
        {
            await _world.Store.WhenFinalAsync(await AcceptAsync(engine));
        }

        await engine.WhenIdleAsync();

        engine.ActiveJobs.ShouldBe(0);
    }

    [Fact(Timeout = 20_000)]
    public async Task ActiveJobs_WhenJobsOnlyWaitAtAGate_DoesNotCountThem()
    {
        _world.Options.Providers["a"].Concurrency = 1;
        await using var engine = await RunningEmbeddedEngine.StartAsync(_world.NewProcess());
        await AcceptAsync(engine);
        await A.NextCallAsync();
        for (var i = 0; i < 20; i++)
        {
            await AcceptAsync(engine);
        }

        engine.ActiveJobs.ShouldBe(1);
    }

    [Fact(Timeout = 20_000)]
    public async Task ActiveJobs_WhenAnUnknownJobIsTold_DoesNotCountIt()
    {
        await using var engine = await RunningEmbeddedEngine.StartAsync(_world.NewProcess());

        var answer = await engine.Jobs.TellAsync("job_unknown", new JobFact.CancelRequested(_world.Time.GetUtcNow()), CancellationToken.None);

        answer.ShouldBe(new TellAnswer(Verdict.Refused, "no_such_job"));
        engine.ActiveJobs.ShouldBe(0);
    }

    [Fact(Timeout = 20_000)]
    public async Task Timer_WhenADueRetryWaitsAtAGate_DoesNotGoOffAgainAndAgain()
    {
        _world.Options.Providers["a"].Concurrency = 1;
        await using var engine = await RunningEmbeddedEngine.StartAsync(_world.NewProcess());
        var retried = await AcceptAsync(engine, retries: 1);
        var call = await A.NextCallAsync();
        await AcceptAsync(engine);
        call.Fail(FailureKind.Transient);
        await A.NextCallAsync();
        var due = (await _world.Store.WhenAsync(retried, s => s.Attempts.Length == 2)).Attempts[1].DueAt;

        _world.Time.Advance(due - _world.Time.GetUtcNow());
        await engine.Jobs.TellAsync(retried, new JobFact.ClockReached(_world.Time.GetUtcNow()), CancellationToken.None);
        await engine.Jobs.TellAsync(retried, new JobFact.ClockReached(_world.Time.GetUtcNow()), CancellationToken.None);

        _world.Time.WhenTimerWithinAsync(TimeSpan.FromSeconds(1)).IsCompleted.ShouldBeFalse();
        A.HasCall.ShouldBeFalse();
    }

    [Fact(Timeout = 20_000)]
    public async Task Heartbeat_WhenTheEpochWasTakenOver_StopsTheProcess()
    {
        await using var engine = await RunningEmbeddedEngine.StartAsync(_world.NewProcess());
        var now = _world.Time.GetUtcNow();
        await _world.Store.RegisterAsync("node_other", now + TimeSpan.FromDays(1), expireOthers: true, CancellationToken.None);

        _world.Time.Advance(EmbeddedEngineService.HeartbeatInterval);

        await engine.Lifetime.StopAsked;
    }

    [Fact(Timeout = 20_000)]
    public async Task Stop_WhenCallsAreInFlight_LetsThemEndAndStartsNoOthers()
    {
        _world.Options.Providers["a"].Concurrency = 1;
        var engine = await RunningEmbeddedEngine.StartAsync(_world.NewProcess());
        var first = await AcceptAsync(engine);
        var call = await A.NextCallAsync();
        var second = await AcceptAsync(engine);

        var stopping = engine.StopAsync();
        stopping.IsCompleted.ShouldBeFalse();
        await call.SucceedAsync();
        await stopping;

        _world.Store.Job(first).Status.ShouldBe(JobStatus.Succeeded);
        await engine.Jobs.TellAsync(second, new JobFact.ClockReached(_world.Time.GetUtcNow()), CancellationToken.None);
        await engine.WhenIdleAsync();
        _world.PurchasesOf(second).ShouldBe(0);
        A.Auto = c => c.SucceedAsync();
        await using var next = await RunningEmbeddedEngine.StartAsync(_world.NewProcess());
        (await _world.Store.WhenFinalAsync(second)).Attempts.ShouldHaveSingleItem().PossibleDoublePurchase.ShouldBeFalse();
    }

    private async Task<string> AcceptAsync(RunningEmbeddedEngine engine, int retries = 0)
    {
        var submission = await _world.SubmissionAsync([World.Step("a", retries)]);
        return (await engine.Jobs.SubmitAsync(submission, CancellationToken.None)).ShouldBeOfType<SubmitAnswer.Accepted>().Job;
    }
}
