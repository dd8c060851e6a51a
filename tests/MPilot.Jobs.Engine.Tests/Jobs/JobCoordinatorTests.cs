using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Attempts;
using MPilot.Jobs.Engine.Gates;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Telemetry;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Jobs;

/// <summary>What a coordinator remembers when something goes wrong amid a turn.</summary>
public sealed class JobCoordinatorTests
{
    private readonly World _world = new();

    [Fact]
    public async Task Submit_WhenTheStoreFailsAfterTheAccept_ForgetsWhatItAskedFor()
    {
        var process = _world.NewProcess(Faults.UnavailableAt(2, afterCommit: false));
        using var instruments = new JobsInstruments([], _world.Time);
        var gates = new RecordingGates { Answering = ticket => ticket.Provider == "a" ? new GateAnswer.Closed() : new GateAnswer.Queued() };
        var submission = await _world.SubmissionAsync([World.Step("a"), World.Step("b")]);
        var coordinator = new JobCoordinator(
            submission.Job.Id, new JobPorts(process.Store, gates, new NoAttempts(), process.Outbox, _world.Options.Retention, _world.Time, instruments));

        await Should.ThrowAsync<StoreUnavailableException>(() => coordinator.SubmitAsync(submission, CancellationToken.None));
        await coordinator.TellAsync(new JobFact.ClockReached(_world.Time.GetUtcNow()));

        _world.Store.Job(submission.Job.Id).Attempts.Select(a => a.Status).ShouldBe([AttemptStatus.Failed, AttemptStatus.Intended]);
        gates.Asked.Select(t => t.Provider).ShouldBe(["a", "a", "b"]);
    }

    /// <summary>No grant comes, so nothing is started.</summary>
    private sealed class NoAttempts : IAttempts
    {
        public Task StartAsync(AttemptOrder order, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task CancelAsync(string job, int attempt, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
