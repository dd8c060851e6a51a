using Microsoft.Extensions.Logging.Abstractions;

using MPilot.Jobs.Engine.Attempts;
using MPilot.Jobs.Engine.Embedded;
using MPilot.Jobs.Engine.Gates;
using MPilot.Jobs.Engine.Jobs;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>The one-process engine, wired as a host wires it.</summary>
public sealed class RunningEmbeddedEngine : IRunningEngine
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("mpilot-");
    private readonly EmbeddedEngine _engine;
    private readonly EmbeddedEngineService _service;

    private RunningEmbeddedEngine(ProcessParts parts)
    {
        var world = parts.World;
        _engine = new EmbeddedEngine(
            parts.Store, parts.Outbox, parts.Catalog, parts.Drawing, parts.Node, world.Options.Jobs, world.Options.Retention, world.Ids, world.Time, world.Randomness,
            parts.Instruments, NullLogger<AttemptRunner>.Instance);
        _service = new EmbeddedEngineService(
            _engine, DataDirectoryLock.Take(_data.FullName), parts.Store, parts.Store, parts.Node, world.Time, world.Randomness, Lifetime,
            parts.Instruments, NullLogger<EmbeddedEngineService>.Instance);
    }

    public IJobs Jobs => _engine.Jobs;

    public EmbeddedJobs Embedded => _engine.Jobs;

    public InProcessGates Gates => _engine.Gates;

    public RecordingLifetime Lifetime { get; } = new();

    public int ActiveJobs => Embedded.ActiveJobs;

    public static async Task<RunningEmbeddedEngine> StartAsync(ProcessParts parts)
    {
        var engine = new RunningEmbeddedEngine(parts);
        await engine._service.StartAsync(CancellationToken.None);
        return engine;
    }

    public Task WhenIdleAsync() => _engine.Runner.WhenIdleAsync();

    public Task StopAsync() => _service.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _service.StopAsync(new CancellationToken(canceled: true));
        await _service.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
