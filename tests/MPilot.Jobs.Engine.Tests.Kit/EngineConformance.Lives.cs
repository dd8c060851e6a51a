using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Kit;

public abstract partial class EngineConformance
{
    [Fact(Timeout = HangGuard)]
    public async Task Submit_WhenProviderDelivers_SendsThenEndsThenIsFinal()
    {
        await using var engine = await CreateEngineAsync();
        var job = await AcceptAsync(engine);
        var call = await A.NextCallAsync();
        World.Store.Job(job).Status.ShouldBe(JobStatus.Running);
        World.Store.Job(job).Attempts.ShouldHaveSingleItem().Status.ShouldBe(AttemptStatus.Sending);

        await call.SucceedAsync();
        var final = await FinalAsync(job);

        final.Status.ShouldBe(JobStatus.Succeeded);
        final.Slots.ShouldHaveSingleItem().Picture.ShouldNotBeNull();
        World.Store.EventsOf(job).Select(e => e.GetType()).ShouldBe(
        [
            typeof(JobEvent.Accepted), typeof(JobEvent.AttemptStarted), typeof(JobEvent.AttemptFinished),
            typeof(JobEvent.PictureCompleted), typeof(JobEvent.Finalized),
        ]);
        var life = await World.Store.FindAsync(final.Slots[0].Picture!.Artifact.Id, CancellationToken.None);
        life!.Until.ShouldBe(final.CompletedAt + World.Options.Retention.Results);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Attempt_WhenFirstProviderFails_FallsBackToTheNext()
    {
        await using var engine = await CreateEngineAsync();
        var job = await AcceptAsync(engine, [World.Step("a"), World.Step("b")]);

        (await A.NextCallAsync()).Fail(FailureKind.Quota);
        await (await B.NextCallAsync()).SucceedAsync();
        var final = await FinalAsync(job);

        final.Status.ShouldBe(JobStatus.Succeeded);
        final.Attempts.Select(a => (a.Step, a.Status)).ShouldBe([(0, AttemptStatus.Failed), (1, AttemptStatus.Succeeded)]);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Attempt_WhenItFailsTransiently_IsRetriedAfterTheBackoffAndNotBefore()
    {
        await using var engine = await CreateEngineAsync();
        World.Randomness.Unit = 0.8;
        var job = await AcceptAsync(engine, [World.Step("a", retries: 2)]);
        (await A.NextCallAsync()).Fail(FailureKind.Transient);
        await World.Store.WhenAsync(job, s => s.Attempts.Length == 2);
        await World.Time.WhenTimerWithinAsync(TimeSpan.FromMilliseconds(400));

        World.Time.Advance(TimeSpan.FromMilliseconds(399));
        await engine.Jobs.TellAsync(job, new JobFact.ClockReached(World.Time.GetUtcNow()), CancellationToken.None);
        World.Store.Job(job).Attempts[1].Status.ShouldBe(AttemptStatus.Intended);
        World.Time.Advance(TimeSpan.FromMilliseconds(1));
        await (await A.NextCallAsync()).SucceedAsync();
        var final = await FinalAsync(job);

        final.Status.ShouldBe(JobStatus.Succeeded);
        (final.Attempts[1].SentAt - final.Attempts[0].EndedAt).ShouldBe(TimeSpan.FromMilliseconds(400));
    }

    [Fact(Timeout = HangGuard)]
    public async Task Attempts_WhenStepGivesOnePicturePerCall_AreFannedOut()
    {
        await using var engine = await CreateEngineAsync();
        var job = await AcceptAsync(engine, [World.Step("a"), World.Step("b")], count: 3);

        var calls = new[] { await A.NextCallAsync(), await A.NextCallAsync(), await A.NextCallAsync() };
        calls.ShouldAllBe(c => c.Call.Count == 1);
        calls[1].Fail(FailureKind.Quota);
        await calls[0].SucceedAsync();
        await calls[2].SucceedAsync();
        await (await B.NextCallAsync()).SucceedAsync();
        var final = await FinalAsync(job);

        final.Slots.ShouldAllBe(s => s.Picture != null);
        final.Slots.Count(s => s.FilledBy == 4).ShouldBe(1);
        World.PurchasesOf(job).ShouldBe(4);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Attempt_WhenStepGivesSeveralPictures_CoversAllSlotsInOneCall()
    {
        await using var engine = await CreateEngineAsync();
        var job = await AcceptAsync(engine, [World.Step("a", picturesPerCall: 4)], count: 3);

        var call = await A.NextCallAsync();
        call.Call.Count.ShouldBe(3);
        await call.SucceedAsync();
        var final = await FinalAsync(job);

        final.Slots.Select(s => (s.Index, s.FilledBy)).ShouldBe([(0, 1), (1, 1), (2, 1)]);
        final.Slots.Select(s => s.Picture!.Artifact.Id).Distinct(StringComparer.Ordinal).Count().ShouldBe(3);
        World.PurchasesOf(job).ShouldBe(1);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Attempt_WhenFewerPicturesComeThanAskedFor_OnlyMissingSlotsFallBack()
    {
        await using var engine = await CreateEngineAsync();
        var job = await AcceptAsync(engine, [World.Step("a", picturesPerCall: 4), World.Step("b", picturesPerCall: 4)], count: 3);

        await (await A.NextCallAsync()).SucceedAsync(pictures: 1);
        var second = await B.NextCallAsync();
        second.Call.Count.ShouldBe(2);
        await second.SucceedAsync();
        var final = await FinalAsync(job);

        final.Slots.Select(s => s.FilledBy).ShouldBe([1, 2, 2]);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Submit_WhenKeyAndContentRepeat_AttachesToTheFirstJob()
    {
        await using var engine = await CreateEngineAsync();
        var expires = World.Time.GetUtcNow() + TimeSpan.FromHours(24);
        var first = await AcceptAsync(engine, await World.SubmissionAsync(key: new("k", "same", expires)));

        var repeat = await engine.Jobs.SubmitAsync(await World.SubmissionAsync(key: new("k", "same", expires)), CancellationToken.None);
        var other = await engine.Jobs.SubmitAsync(await World.SubmissionAsync(key: new("k", "other", expires)), CancellationToken.None);

        repeat.ShouldBe(new SubmitAnswer.Attached(first));
        other.ShouldBeOfType<SubmitAnswer.KeyReused>();
        World.Store.Jobs.Select(j => j.Id).ShouldBe([first]);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Tell_WhenJobIsUnknown_RefusesByName()
    {
        await using var engine = await CreateEngineAsync();

        var answer = await engine.Jobs.TellAsync("job_unknown", Cancel(), CancellationToken.None);

        answer.ShouldBe(new TellAnswer(Verdict.Refused, "no_such_job"));
    }

    [Fact(Timeout = HangGuard)]
    public async Task Tell_WhenFactsComeAtOnce_TakesThemOneAfterTheOther()
    {
        var parts = World.NewProcess();
        await using var engine = await CreateEngineAsync(parts);
        var job = await AcceptAsync(engine);
        await A.NextCallAsync();
        var inside = 0;
        var mostInside = 0;
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        parts.Store.Saving = async _ =>
        {
            mostInside = Math.Max(mostInside, Interlocked.Increment(ref inside));
            entered.TrySetResult();
            await go.Task;
            Interlocked.Decrement(ref inside);
        };

        var accepted = new JobFact.AttemptAccepted(World.Time.GetUtcNow(), 1, "provider-job");
        var tellings = Enumerable.Range(0, 20).Select(i => engine.Jobs.TellAsync(job, i % 2 == 0 ? accepted : Cancel(), CancellationToken.None)).ToList();
        await entered.Task;
        go.SetResult();
        var answers = await Task.WhenAll(tellings);

        answers.Count(a => a.Verdict == Verdict.Applied).ShouldBe(2);
        answers.Count(a => a.Verdict == Verdict.Ignored).ShouldBe(18);
        mostInside.ShouldBe(1);
        (await FinalAsync(job)).Status.ShouldBe(JobStatus.Canceled);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Tell_WhenAnotherWriterWasFirst_ThrowsConflictAndThenReadsAgain()
    {
        await using var engine = await CreateEngineAsync();
        var job = await AcceptAsync(engine);
        var call = await A.NextCallAsync();
        var other = JobTransitions.Apply(World.Store.Job(job), new JobFact.AttemptAccepted(World.Time.GetUtcNow(), 1, "elsewhere"));
        await World.Store.SaveAsync(new(other.State, other.Events, [], null), CancellationToken.None);

        await Should.ThrowAsync<VersionConflictException>(() => engine.Jobs.TellAsync(job, Cancel(), CancellationToken.None));
        var again = await engine.Jobs.TellAsync(job, Cancel(), CancellationToken.None);

        again.Verdict.ShouldBe(Verdict.Applied);
        await World.PumpUntilAsync(FinalAsync(job));
        call.Canceled.IsCancellationRequested.ShouldBeTrue();
        World.Store.Job(job).Attempts[0].ProviderJobId.ShouldBe("elsewhere");
    }
}
