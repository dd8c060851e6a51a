using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Engine.Telemetry;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Telemetry;

/// <summary>What is counted of jobs that run in the real engine.</summary>
public sealed class JobsInstrumentsTests : IDisposable
{
    private readonly World _world = new();
    private readonly ProcessParts _parts;
    private readonly Scrape _scrape;

    public JobsInstrumentsTests()
    {
        _parts = _world.NewProcess();
        _scrape = new(_parts.Instruments);
    }

    private ScriptedDriver A => _world.Providers["a"];

    public void Dispose()
    {
        _scrape.Dispose();
        _parts.Instruments.Dispose();
    }

    [Fact(Timeout = 20_000)]
    public async Task OnStored_WhenAJobFallsBack_CountsEachCallOnce()
    {
        A.Auto = Failing(FailureKind.Credentials);
        _world.Providers["b"].Auto = c => c.SucceedAsync();
        await using var engine = await RunningEmbeddedEngine.StartAsync(_parts);

        await FinishAsync(engine, "a", "b");

        _scrape.Own.ShouldContain("""mpilot_attempts_ended_total{failure="credentials",outcome="failed",provider="a"} 1""");
        _scrape.Own.ShouldContain("""mpilot_attempts_ended_total{failure="none",outcome="succeeded",provider="b"} 1""");
        _scrape.Of("mpilot_attempts_started_total").ShouldBe(["""mpilot_attempts_started_total{provider="a"} 1""", """mpilot_attempts_started_total{provider="b"} 1"""]);
        _scrape.Own.ShouldContain("mpilot_jobs_accepted_total 1");
        _scrape.Of("mpilot_jobs_finalized_total").ShouldBe(["""mpilot_jobs_finalized_total{failure="none",status="succeeded"} 1"""]);
        _scrape.Own.ShouldContain("""mpilot_attempts_duration_seconds_count{outcome="failed",provider="a"} 1""");
    }

    [Fact(Timeout = 20_000)]
    public async Task OnStored_WhenACallIsMadeAgainThatMayHaveBeenBought_CountsThat()
    {
        var isFirst = true;
        A.Auto = c =>
        {
            (var first, isFirst) = (isFirst, false);
            return first ? Failing(FailureKind.TimedOut)(c) : c.SucceedAsync();
        };
        await using var engine = await RunningEmbeddedEngine.StartAsync(_parts);

        await FinishAsync(engine, "a");

        _scrape.Of("mpilot_attempts_possible_double_purchases_total").ShouldBe(["""mpilot_attempts_possible_double_purchases_total{provider="a"} 1"""]);
    }

    [Fact(Timeout = 20_000)]
    public async Task OnStored_WhenAJobFails_NamesItsFailure()
    {
        A.Auto = Failing(FailureKind.Refused);
        await using var engine = await RunningEmbeddedEngine.StartAsync(_parts);

        await FinishAsync(engine, "a");

        _scrape.Of("mpilot_jobs_finalized_total").ShouldBe(["""mpilot_jobs_finalized_total{failure="refused",status="failed"} 1"""]);
        _scrape.Own.ShouldContain("""mpilot_jobs_duration_seconds_count{status="failed"} 1""");
    }

    [Fact(Timeout = 20_000)]
    public async Task Gates_WhenAnAttemptWaits_AreSeenWaitingAndTimed()
    {
        _world.Options.Providers["a"].Concurrency = 1;
        var parts = _world.NewProcess();
        using var scrape = new Scrape(parts.Instruments);
        await using var engine = await RunningEmbeddedEngine.StartAsync(parts);
        var first = await AcceptAsync(engine, "a");
        var call = await A.NextCallAsync();
        var second = await AcceptAsync(engine, "a");

        scrape.Own.ShouldContain("""mpilot_gate_queued{provider="a"} 1""");
        scrape.Own.ShouldContain("""mpilot_gate_leases{provider="a"} 1""");
        scrape.Own.ShouldContain("""mpilot_gate_open_breakers{provider="a"} 0""");

        _world.Time.Advance(TimeSpan.FromSeconds(3));
        await call.SucceedAsync();
        await _world.Store.WhenFinalAsync(first);
        await (await A.NextCallAsync()).SucceedAsync();
        await _world.Store.WhenFinalAsync(second);
        await engine.WhenIdleAsync();

        scrape.Own.ShouldContain("""mpilot_gate_queued{provider="a"} 0""");
        scrape.Own.ShouldContain("""mpilot_gate_wait_seconds_sum{provider="a"} 3""");
        scrape.Own.ShouldContain("""mpilot_gate_wait_seconds_count{provider="a"} 2""");
    }

    [Fact]
    public void OnProviderAnswered_WhenTheProviderIsNotConfigured_IsOther()
    {
        _parts.Instruments.OnProviderAnswered("from a job of old", null);

        _scrape.Of("mpilot_provider_answers_total").ShouldBe(["""mpilot_provider_answers_total{provider="other",status_class="none"} 1"""]);
    }

    [Fact(Timeout = 20_000)]
    public async Task Outbox_WhenEventsWait_TellsHowManyAndHowLong()
    {
        _parts.Instruments.Watch(new OutboxWatch(_parts.Store, _world.Time));
        await using (var engine = await RunningEmbeddedEngine.StartAsync(_parts))
        {
            await AcceptAsync(engine, "a");
            await A.NextCallAsync();
        }

        _world.Time.Advance(TimeSpan.FromSeconds(7));

        _scrape.Own.ShouldContain("mpilot_outbox_depth 2");
        _scrape.Own.ShouldContain("mpilot_outbox_age_seconds 7");
    }

    [Fact]
    public void Outbox_WhenTheStoreIsAway_SaysNothing()
    {
        _parts.Instruments.Watch(new OutboxWatch(_parts.Store, _world.Time));
        _world.Store.IsAway = true;

        _scrape.Text.ShouldNotContain("mpilot_outbox");
    }

    private static Func<ScriptedCall, Task> Failing(FailureKind kind) => call =>
    {
        call.Fail(kind);
        return Task.CompletedTask;
    };

    private async Task FinishAsync(RunningEmbeddedEngine engine, params string[] providers)
    {
        var final = _world.Store.WhenFinalAsync(await AcceptAsync(engine, providers));
        await _world.PumpUntilAsync(final);
        await engine.WhenIdleAsync();
    }

    private async Task<string> AcceptAsync(RunningEmbeddedEngine engine, params string[] providers)
    {
        var submission = await _world.SubmissionAsync([.. providers.Select(p => World.Step(p))]);
        (await engine.Jobs.SubmitAsync(submission, CancellationToken.None)).ShouldBeOfType<Engine.Jobs.SubmitAnswer.Accepted>();
        return submission.Job.Id;
    }
}
