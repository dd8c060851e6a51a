using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Storage.Files;
using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.Chaos.Audit;

/// <summary>What nobody owns after the sweeps of two hours later: by then an upload that no job took and what unfinished writers left have to be gone.</summary>
internal static class Leftovers
{
    private static readonly TimeSpan Later = TimeSpan.FromHours(2);

    private const string Unowned = "SELECT id FROM artifacts WHERE NOT EXISTS (SELECT 1 FROM artifact_refs WHERE artifact = artifacts.id)";

    private const string Strange = "SELECT artifact || ' of ' || owner FROM artifact_refs WHERE NOT EXISTS (SELECT 1 FROM jobs WHERE id = owner)";

    /// <summary>One line for each thing that should not be there, or is not there and should be.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(IArchive archive, TimeProvider time)
    {
        await SweepAsync(archive, new ManualTime(time.GetUtcNow() + Later));
        var rows = (await archive.ListAsync("SELECT id FROM artifacts")).ToHashSet(StringComparer.Ordinal);
        var files = Files(archive, "objects").Select(f => Path.GetFileName(f)).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Files(archive, "tmp").Select(f => $"unfinished file {Path.GetFileName(f)}"),
            .. files.Except(rows).Select(id => $"file without a row {id}"),
            .. rows.Except(files).Select(id => $"row without a file {id}"),
            .. (await archive.ListAsync("SELECT id FROM artifacts WHERE state <> 'live'")).Select(id => $"not deleted {id}"),
            .. (await archive.ListAsync(Unowned)).Select(id => $"without an owner {id}"),
            .. (await archive.ListAsync(Strange)).Select(r => $"owner is no job {r}"),
            .. (await archive.ListAsync("SELECT artifact || ' of ' || owner FROM artifact_refs WHERE until IS NULL")).Select(r => $"kept for ever {r}"),
        ];
    }

    private static async Task SweepAsync(IArchive archive, TimeProvider later)
    {
        await using var open = await archive.OpenAsync();
        using var store = new FileArtifactStore(archive.Artifacts, minFree: 0, later);
        var sweeper = new ArtifactSweeper(open.Artifacts, store, later);
        await sweeper.SweepUnreferencedAsync(CancellationToken.None);
        await sweeper.SweepUnknownAsync(CancellationToken.None);
    }

    private static string[] Files(IArchive archive, string folder)
    {
        var path = Path.Combine(archive.Artifacts, folder);
        return Directory.Exists(path) ? Directory.GetFiles(path, "*", SearchOption.AllDirectories) : [];
    }
}
