namespace MPilot.Jobs.Engine.Ledger;

/// <summary>
/// Every call that was sent to a provider, kept longer than its job. Rows are written in the transactions that store the job; the row of a call is there
/// before its first byte leaves.
/// </summary>
public interface IPurchaseLedger
{
    /// <summary>The calls of a job, by number.</summary>
    Task<IReadOnlyList<Purchase>> ListAsync(string job, CancellationToken cancellationToken);

    /// <summary>Deletes rows of calls that were sent before a moment and have ended, at most <paramref name="limit"/>.</summary>
    /// <returns>How many rows went.</returns>
    Task<int> PruneAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}
