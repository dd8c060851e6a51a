using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Kit;

public abstract partial class EngineConformance
{
    private const int MostSteps = 60;

    public static TheoryData<LifeKind, bool> Lives()
    {
        var lives = new TheoryData<LifeKind, bool>();
        foreach (var life in Enum.GetValues<LifeKind>())
        {
            lives.Add(life, false);
            lives.Add(life, true);
        }

        return lives;
    }

    /// <summary>Each cut has the time of a whole test: a life has many.</summary>
    [Theory]
    [MemberData(nameof(Lives))]
    public async Task Process_WhenKilledAtAnyStep_TheNextOneEndsEveryAcceptedJobOnce(LifeKind life, bool afterCommit)
    {
        var k = FirstStep(life);
        while (await DiesAtAsync(k, life, afterCommit).WaitAsync(TimeSpan.FromMilliseconds(HangGuard), TimeProvider.System))
        {
            k += Stride;
            k.ShouldBeLessThanOrEqualTo(MostSteps, "the life has to end without its fault");
        }

        k.ShouldBeGreaterThan(3);
    }

    /// <summary>Cuts a life at a step. False: it ended before that.</summary>
    private async Task<bool> DiesAtAsync(int k, LifeKind life, bool afterCommit)
    {
        var run = new Life(life);
        var faults = Faults.KilledAt(k, afterCommit);
        var ended = LiveUntilKilledAsync(run, faults);
        await run.World.PumpUntilAsync(Task.WhenAny(ended, faults.Happened));
        if (!faults.Happened.IsCompleted)
        {
            await ended;
            return false;
        }

        await using var next = await CreateEngineAsync(run.World.NewProcess());
        if (run.World.Store.Jobs.IsEmpty)
        {
            return true; // Killed before the accept: the caller got no answer, and nothing was bought.
        }

        await run.World.PumpUntilAsync(run.World.Store.WhenFinalAsync(run.Job));
        await next.WhenIdleAsync();
        run.ShouldHaveEndedAsPlanned($"killed at {k}");
        ShouldHaveBoughtNoMoreThanNamed(run, $"killed at {k}");
        return true;
    }

    private async Task LiveUntilKilledAsync(Life run, Faults faults)
    {
        try
        {
            var engine = await CreateEngineAsync(run.World.NewProcess(faults));
            await AcceptAsync(engine, await run.SubmissionAsync());
            await run.World.Store.WhenFinalAsync(run.Job);
            await engine.WhenIdleAsync();
        }
        catch (ProcessKilledException)
        {
            await faults.Happened;
        }
    }

    /// <summary>Calls ≤ attempts sent; one more than the life needs only for an attempt that was lost and repeated under the flag.</summary>
    private static void ShouldHaveBoughtNoMoreThanNamed(Life run, string when)
    {
        var job = run.World.Store.Job(run.Job);
        var bought = run.World.PurchasesOf(run.Job);
        var repeated = job.Attempts.Where(a => a.PossibleDoublePurchase).ToList();
        bought.ShouldBeLessThanOrEqualTo(job.Attempts.Count(a => a.SentAt is not null), when);
        bought.ShouldBeLessThanOrEqualTo(run.Calls + repeated.Count, when);
        repeated.Count.ShouldBe(job.Attempts.Count(a => a.Status == AttemptStatus.Lost), when);
    }
}
