using Microsoft.Extensions.Logging.Abstractions;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Files;
using MPilot.Jobs.Engine.Telemetry;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Artifacts;

public sealed class ArtifactSweeperServiceTests
{
    private readonly ManualTime _time = new();
    private readonly MemoryStore _store = new();
    private readonly RetentionOptions _retention = new();

    [Fact]
    public async Task Sweep_WhenAFileHasExpired_DropsItsRowAndItsPicture()
    {
        var bytes = new MemoryArtifacts(_time);
        var artifact = new ArtifactRef("art_1", ArtifactRole.Source, "image/png", 3, "00");
        var now = _time.GetUtcNow();
        bytes.Put(artifact.Id, [1, 2, 3]);
        await _store.AddAsync([new ArtifactRecord("default", artifact, now)], now.AddHours(1), default);
        await _store.AddAsync(new StoredFile("file_1", "default", new(artifact, PermissiveProbe.Facts), "vision", now, now.AddMinutes(2)), default);
        using var instruments = new JobsInstruments([], _time);
        using var service = new ArtifactSweeperService(
            new(_store, bytes, _time), _store, _store, _store, _store, _retention, _time, instruments, NullLogger<ArtifactSweeperService>.Instance);
        await service.StartAsync(default);

        await _time.PumpUntilAsync(_store.WhenFilesAreAsync(files => files == 0), _retention.SweepInterval);
        await _time.PumpUntilAsync(_store.WhenArtifactsAreAsync(artifacts => artifacts == 0), _retention.SweepInterval);

        bytes.Ids.ShouldBeEmpty();
        (_time.GetUtcNow() - now).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMinutes(2));
        await service.StopAsync(default);
    }
}
