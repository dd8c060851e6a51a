using System.Collections.Immutable;

using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

namespace MPilot.Jobs.Engine.Tests.Kit;

/// <summary>One job in a world of its own, with providers that answer by themselves as its kind of life wants.</summary>
internal sealed class Life
{
    private readonly LifeKind _kind;

    public Life(LifeKind kind)
    {
        _kind = kind;
        World.Providers["b"].Auto = c => c.SucceedAsync();
        World.Providers["a"].Auto = AnswerAsync;
        World.Polled.IsInstant = true;
    }

    public World World { get; } = new();

    public string Job { get; private set; } = "";

    /// <summary>How many calls the life takes when nothing goes wrong.</summary>
    public int Calls => _kind switch
    {
        LifeKind.FallenBack or LifeKind.Retried => 2,
        LifeKind.FannedOut => 3,
        _ => 1,
    };

    private int Pictures => _kind is LifeKind.FannedOut or LifeKind.Native ? 3 : 1;

    public async Task<JobSubmission> SubmissionAsync()
    {
        var submission = await World.SubmissionAsync(Chain(), Pictures);
        Job = submission.Job.Id;
        return submission;
    }

    /// <summary>Every slot has its picture, the job ended once, and its pictures are there.</summary>
    public void ShouldHaveEndedAsPlanned(string when)
    {
        var job = World.Store.Job(Job);
        var events = World.Store.EventsOf(Job);
        job.Status.ShouldBe(JobStatus.Succeeded, when);
        job.Slots.Length.ShouldBe(Pictures, when);
        job.Slots.ShouldAllBe(s => s.Picture != null && World.Artifacts.Ids.Contains(s.Picture.Artifact.Id), when);
        events.Count(e => e is JobEvent.Finalized).ShouldBe(1, when);
        events.Select(e => e.Sequence).ShouldBe(Enumerable.Range(1, events.Length).Select(i => (long)i), when);
    }

    private ImmutableArray<Step> Chain() => _kind switch
    {
        LifeKind.FallenBack => [World.Step("a"), World.Step("b")],
        LifeKind.Retried => [World.Step("a", retries: 1)],
        LifeKind.AskedAfter => [World.Step("polled")],
        LifeKind.Native => [World.Step("a", picturesPerCall: 3)],
        _ => [World.Step("a")],
    };

    private async Task AnswerAsync(ScriptedCall call)
    {
        if (_kind == LifeKind.FallenBack)
        {
            call.Fail(FailureKind.Quota);
        }
        else if (_kind == LifeKind.Retried && World.Store.Job(Job).Attempts.All(a => a.Failure?.Kind != FailureKind.Transient))
        {
            call.Fail(FailureKind.Transient);
        }
        else
        {
            await (_kind == LifeKind.Accepted ? call.Io.AcceptedAsync("provider-job", call.Canceled) : Task.CompletedTask);
            await call.SucceedAsync();
        }
    }
}
