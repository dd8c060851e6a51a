using Microsoft.Extensions.Logging.Abstractions;

using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Attempts;
using MPilot.Jobs.Engine.Embedded;
using MPilot.Jobs.Engine.Gates;
using MPilot.Jobs.Engine.Jobs;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>The one-process engine, wired as a host wires it.</summary>
public sealed class RunningEmbeddedEngine : IRunningEngine
{
    private readonly AttemptRunner _runner;
    private readonly EmbeddedJobs _jobs;
    private readonly EmbeddedEngineService _service;

    private RunningEmbeddedEngine(ProcessParts parts)
    {
        var time = parts.World.Time;
        AttemptRunner? runner = null;
        _jobs = new EmbeddedJobs(jobs =>
        {
            Gates = new InProcessGates(parts.Catalog, parts.World.Ids, (ticket, granted) =>
            {
                var fact = new JobFact.GateGranted(time.GetUtcNow(), ticket.Attempt, granted.Key, granted.Lease);
                _ = jobs.TellUntilTakenAsync(ticket.Job, fact, time, CancellationToken.None);
            });
            runner = new AttemptRunner(
                jobs, Gates, parts.Catalog, parts.Pictures, parts.Node, time, parts.World.Randomness, NullLogger<AttemptRunner>.Instance);
            return new(parts.Store, Gates, runner, parts.Outbox, parts.World.Options.Retention, time);
        });
        _runner = runner!;
        _service = new EmbeddedEngineService(
            _jobs, _runner, parts.Store, parts.Store, parts.Node, time, parts.World.Randomness, Lifetime, NullLogger<EmbeddedEngineService>.Instance);
    }

    public IJobs Jobs => _jobs;

    public EmbeddedJobs Embedded => _jobs;

    public InProcessGates Gates { get; private set; } = null!;

    public RecordingLifetime Lifetime { get; } = new();

    public int ActiveJobs => _jobs.ActiveJobs;

    public static async Task<RunningEmbeddedEngine> StartAsync(ProcessParts parts)
    {
        var engine = new RunningEmbeddedEngine(parts);
        await engine._service.StartAsync(CancellationToken.None);
        return engine;
    }

    public Task WhenIdleAsync() => _runner.WhenIdleAsync();

    public Task StopAsync() => _service.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _service.StopAsync(new CancellationToken(canceled: true));
        await _service.DisposeAsync();
    }
}
