using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Storage.Files;
using MPilot.Jobs.Storage.Sqlite;
using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.Chaos.Audit;

/// <summary>What nobody owns after the sweeps of two hours later: by then an upload that no job took and what unfinished writers left have to be gone.</summary>
internal static class Leftovers
{
    private static readonly TimeSpan Later = TimeSpan.FromHours(2);

    private const string Unowned = "SELECT id FROM artifacts WHERE NOT EXISTS (SELECT 1 FROM artifact_refs WHERE artifact = artifacts.id)";

    private const string Strange = "SELECT artifact || ' of ' || owner FROM artifact_refs WHERE NOT EXISTS (SELECT 1 FROM jobs WHERE id = owner)";

    /// <summary>One line for each thing that should not be there, or is not there and should be.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(Workspace workspace, TimeProvider time)
    {
        await SweepAsync(workspace, new ManualTime(time.GetUtcNow() + Later));
        var rows = workspace.List("SELECT id FROM artifacts").ToHashSet(StringComparer.Ordinal);
        var files = Files(workspace, "objects").Select(f => Path.GetFileName(f)).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Files(workspace, "tmp").Select(f => $"unfinished file {Path.GetFileName(f)}"),
            .. files.Except(rows).Select(id => $"file without a row {id}"),
            .. rows.Except(files).Select(id => $"row without a file {id}"),
            .. workspace.List("SELECT id FROM artifacts WHERE state <> 'live'").Select(id => $"not deleted {id}"),
            .. workspace.List(Unowned).Select(id => $"without an owner {id}"),
            .. workspace.List(Strange).Select(r => $"owner is no job {r}"),
            .. workspace.List("SELECT artifact || ' of ' || owner FROM artifact_refs WHERE until IS NULL").Select(r => $"kept for ever {r}"),
        ];
    }

    private static async Task SweepAsync(Workspace workspace, TimeProvider later)
    {
        await using var database = new SqliteDatabase(workspace.Database);
        await database.OpenAsync(CancellationToken.None);
        using var store = new FileArtifactStore(workspace.Artifacts, minFree: 0, later);
        var sweeper = new ArtifactSweeper(new SqliteArtifactLedger(database), store, later);
        await sweeper.SweepUnreferencedAsync(CancellationToken.None);
        await sweeper.SweepUnknownAsync(CancellationToken.None);
    }

    private static string[] Files(Workspace workspace, string folder)
    {
        var path = Path.Combine(workspace.Artifacts, folder);
        return Directory.Exists(path) ? Directory.GetFiles(path, "*", SearchOption.AllDirectories) : [];
    }
}
