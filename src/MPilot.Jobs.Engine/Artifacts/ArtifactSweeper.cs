namespace MPilot.Jobs.Engine.Artifacts;

/// <summary>
/// Deletes what nobody keeps alive: marks in the ledger, deletes the bytes, then the row, so that a crash in between is taken up by the next sweep.
/// Bytes without a row die after an hour.
/// </summary>
public sealed class ArtifactSweeper(IArtifactLedger ledger, IArtifactStore store, TimeProvider time)
{
    private const int PageSize = 500;

    /// <summary>Deletes artifacts whose last reference ended.</summary>
    public async Task SweepUnreferencedAsync(CancellationToken cancellationToken)
    {
        while (await ledger.MarkDeletingAsync(time.GetUtcNow(), PageSize, cancellationToken) is { Count: > 0 } marked)
        {
            foreach (var id in marked)
            {
                await store.DeleteAsync(id, cancellationToken);
            }

            await ledger.RemoveAsync([.. marked], cancellationToken);
        }
    }

    /// <summary>Deletes bytes that no row knows, and what unfinished writers left; walks the whole store.</summary>
    public async Task SweepUnknownAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - Pictures.UnadoptedLife;
        await store.DeleteAbandonedAsync(before, cancellationToken);
        await foreach (var page in PagesAsync(store.ListAsync(before, cancellationToken)))
        {
            foreach (var id in await ledger.FilterUnknownAsync(page, cancellationToken))
            {
                await store.DeleteAsync(id, cancellationToken);
            }
        }
    }

    private static async IAsyncEnumerable<List<string>> PagesAsync(IAsyncEnumerable<string> ids)
    {
        var page = new List<string>(PageSize);
        await foreach (var id in ids)
        {
            page.Add(id);
            if (page.Count == PageSize)
            {
                yield return page;
                page = new(PageSize);
            }
        }

        if (page.Count > 0)
        {
            yield return page;
        }
    }
}
