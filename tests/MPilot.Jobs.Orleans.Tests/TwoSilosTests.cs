using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Orleans.Tests;

/// <summary>What only a cluster can get wrong.</summary>
public sealed class TwoSilosTests
{
    private const int HangGuard = 60_000;

    private readonly World _world = new();

    private ScriptedDriver A => _world.Providers["a"];

    [Fact(Timeout = HangGuard)]
    public async Task Gate_WhenBothSilosMakeCalls_KeepsItsLimitOverAll()
    {
        _world.Options.Providers["a"].Concurrency = 8;
        A.Auto = async call =>
        {
            await Task.Yield();
            await call.SucceedAsync();
        };
        await using var cluster = await RunningCluster.StartAsync(_world.NewProcess());

        var jobs = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => AcceptAsync(cluster, silo: i % 2)));
        var final = await Task.WhenAll(jobs.Select(j => _world.Store.WhenFinalAsync(j)));

        final.ShouldAllBe(s => s.Status == JobStatus.Succeeded);
        final.SelectMany(s => s.Attempts).Select(a => a.Node).Distinct().Count().ShouldBe(2, "both silos made calls");
        A.MaxInFlight.ShouldBeLessThanOrEqualTo(8);
        A.Purchases.Length.ShouldBe(100);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Cancel_WhenToldToTheOtherSilo_StopsTheCall()
    {
        await using var cluster = await RunningCluster.StartAsync(_world.NewProcess());
        var job = await AcceptAsync(cluster, silo: 0);
        var call = await A.NextCallAsync();

        await cluster.EngineOf(1).Jobs.TellAsync(job, new JobFact.CancelRequested(_world.Time.GetUtcNow()), CancellationToken.None);

        (await _world.Store.WhenFinalAsync(job)).Status.ShouldBe(JobStatus.Canceled);
        call.Canceled.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact(Timeout = HangGuard)]
    public async Task Silo_WhenKilledAndItsEpochExpires_TheOtherEndsItsJobs()
    {
        _world.Options.Providers["a"].Concurrency = 4;
        await using var cluster = await RunningCluster.StartAsync(_world.NewProcess());
        var jobs = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => AcceptAsync(cluster, silo: i % 2)));
        for (var i = 0; i < 4; i++)
        {
            await A.NextCallAsync();
        }

        var killed = cluster.NodeOf(1);
        await cluster.KillAsync(1);
        A.Auto = call => call.SucceedAsync();
        await _world.Store.RegisterAsync(killed.Node, _world.Time.GetUtcNow(), _world.Time.GetUtcNow(), expireOthers: false, CancellationToken.None);
        var ended = Task.WhenAll(jobs.Select(j => _world.Store.WhenFinalAsync(j)));
        await _world.Time.PumpUntilAsync(ended, TimeSpan.FromMinutes(2));

        foreach (var state in await ended)
        {
            state.IsFinal.ShouldBeTrue();
            _world.Store.EventsOf(state.Id).Count(e => e is JobEvent.Finalized).ShouldBe(1);
        }
    }

    private async Task<string> AcceptAsync(RunningCluster cluster, int silo)
    {
        var submission = await _world.SubmissionAsync();
        return (await cluster.EngineOf(silo).Jobs.SubmitAsync(submission, CancellationToken.None)).ShouldBeOfType<SubmitAnswer.Accepted>().Job;
    }
}
