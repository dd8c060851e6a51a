using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Storage.Sqlite;

namespace MPilot.Jobs.Chaos.Audit;

/// <summary>Reads our own ledger: jobs, calls and events.</summary>
internal static class Books
{
    public static async Task<IReadOnlyDictionary<string, BookedJob>> ReadAsync(Workspace workspace)
    {
        await using var database = new SqliteDatabase(workspace.Database);
        await database.OpenAsync(CancellationToken.None);
        var (store, ledger) = (new SqliteJobStore(database), new SqlitePurchaseLedger(database));
        var books = new Dictionary<string, BookedJob>(StringComparer.Ordinal);
        foreach (var job in workspace.List("SELECT id FROM jobs ORDER BY id"))
        {
            var state = await store.LoadAsync(job, CancellationToken.None);
            var calls = await ledger.ListAsync(job, CancellationToken.None);
            books.Add(job, new(state!, calls, await store.ReadEventsAsync(job, after: 0, int.MaxValue, CancellationToken.None)));
        }

        return books;
    }
}
