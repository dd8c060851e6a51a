using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Kit;

public abstract partial class EngineConformance
{
    [Theory(Timeout = HangGuard)]
    [MemberData(nameof(Lives))]
    public async Task Store_WhenAnyOneWriteFails_TheJobStillEndsOnceAndIsBoughtOnce(LifeKind life, bool afterCommit)
    {
        for (var k = FirstStep(life); k <= MostSteps; k += Stride)
        {
            var run = new Life(life);
            var faults = Faults.UnavailableAt(k, afterCommit);
            var engine = await StartOrNullAsync(run, faults);
            if (engine is null)
            {
                continue; // The host tells its operator and stops: no job was taken.
            }

            await using (engine)
            {
                await SubmitAndEndAsync(run, engine, k, afterCommit);
                run.World.PurchasesOf(run.Job).ShouldBe(run.Calls, $"write {k}");
            }

            if (!faults.Happened.IsCompleted)
            {
                k.ShouldBeGreaterThan(3);
                return;
            }
        }

        Assert.Fail("The life never ended without its fault.");
    }

    [Fact(Timeout = HangGuard)]
    public async Task Recovery_WhenReadsFailForAWhile_StillTakesUpEveryJob()
    {
        var faults = Faults.None();
        await CreateEngineAsync(World.NewProcess(faults));
        A.Auto = c => c.SucceedAsync();
        var submission = await World.SubmissionAsync();
        var accept = JobTransitions.Accept(submission.Job);
        await World.Store.InsertAsync(new(accept.State, accept.Events, null, []), CancellationToken.None);
        faults.Kill();

        var parts = World.NewProcess();
        parts.Faults.FailReads(3, skip: 1);
        await using var engine = await CreateEngineAsync(parts);
        await World.PumpUntilAsync(FinalAsync(submission.Job.Id));

        World.Store.Job(submission.Job.Id).Status.ShouldBe(JobStatus.Succeeded);
    }

    private async Task<IRunningEngine?> StartOrNullAsync(Life run, Faults faults)
    {
        try
        {
            return await CreateEngineAsync(run.World.NewProcess(faults));
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }

    private static async Task SubmitAndEndAsync(Life run, IRunningEngine engine, int k, bool afterCommit)
    {
        var submission = await run.SubmissionAsync();
        try
        {
            await AcceptAsync(engine, submission);
        }
        catch (StoreUnavailableException) when (run.World.Store.Jobs.IsEmpty)
        {
            await AcceptAsync(engine, submission);
        }
        catch (StoreUnavailableException)
        {
            afterCommit.ShouldBeTrue();
        }

        await run.World.PumpUntilAsync(run.World.Store.WhenFinalAsync(run.Job));
        run.ShouldHaveEndedAsPlanned($"write {k}");
    }
}
