namespace MPilot.Jobs.Chaos.Audit;

/// <summary>Reads our own ledger: jobs, calls and events.</summary>
internal static class Books
{
    public static async Task<IReadOnlyDictionary<string, BookedJob>> ReadAsync(IArchive archive)
    {
        await using var open = await archive.OpenAsync();
        var books = new Dictionary<string, BookedJob>(StringComparer.Ordinal);
        foreach (var job in await archive.ListAsync("SELECT id FROM jobs ORDER BY id"))
        {
            var state = await open.Jobs.LoadAsync(job, CancellationToken.None);
            var calls = await open.Purchases.ListAsync(job, CancellationToken.None);
            books.Add(job, new(state!, calls, await open.Jobs.ReadEventsAsync(job, after: 0, int.MaxValue, CancellationToken.None)));
        }

        return books;
    }
}
