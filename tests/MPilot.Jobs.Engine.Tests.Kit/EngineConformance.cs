using System.Collections.Immutable;

using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

namespace MPilot.Jobs.Engine.Tests.Kit;

/// <summary>What every engine must do, whatever it runs its coordinators in.</summary>
public abstract partial class EngineConformance
{
    /// <summary>A hang is a failure; nothing else depends on it.</summary>
    protected const int HangGuard = 60_000;

    /// <summary>Every so manieth step is cut. Lives begin at different ones, so that together they are cut at all.</summary>
    protected virtual int Stride => 1;

    protected World World { get; } = new();

    protected ScriptedDriver A => World.Providers["a"];

    protected ScriptedDriver B => World.Providers["b"];

    /// <summary>Starts an engine in a new process; it recovers what earlier processes left.</summary>
    protected abstract Task<IRunningEngine> CreateEngineAsync(ProcessParts parts);

    protected Task<IRunningEngine> CreateEngineAsync() => CreateEngineAsync(World.NewProcess());

    private int FirstStep(LifeKind life) => 1 + ((int)life % Stride);

    /// <summary>Submits a job that must be accepted.</summary>
    protected static async Task<string> AcceptAsync(IRunningEngine engine, JobSubmission submission)
        => (await engine.Jobs.SubmitAsync(submission, CancellationToken.None)).ShouldBeOfType<SubmitAnswer.Accepted>().Job;

    protected async Task<string> AcceptAsync(
        IRunningEngine engine, ImmutableArray<Step>? chain = null, int count = 1, TimeSpan? deadline = null)
        => await AcceptAsync(engine, await World.SubmissionAsync(chain, count, deadline));

    protected Task<JobState> FinalAsync(string job) => World.Store.WhenFinalAsync(job);

    protected JobFact.CancelRequested Cancel() => new(World.Time.GetUtcNow());

    /// <summary>The job ended once, and its events have no gap.</summary>
    protected void ShouldHaveEndedOnce(string job)
    {
        var events = World.Store.EventsOf(job);
        events.Select(e => e.Sequence).ShouldBe(Enumerable.Range(1, events.Length).Select(i => (long)i));
        events.Count(e => e is JobEvent.Finalized).ShouldBe(1);
        events[^1].ShouldBeOfType<JobEvent.Finalized>();
    }
}
