namespace MPilot.Jobs.Simulators.Ledgers;

/// <summary>The whole ledger at one moment.</summary>
/// <param name="CallCount">Calls since the ledger was cleared, also those no longer kept in detail.</param>
/// <param name="FinishedCount">Of these, how many are over.</param>
/// <param name="Purchases">How many calls were billed.</param>
/// <param name="Pictures">How many pictures were billed.</param>
/// <param name="Dropped">How many calls are no longer kept in detail.</param>
/// <param name="InFlight">Calls running now.</param>
/// <param name="PeakInFlight">Most calls that ran at once.</param>
public sealed record LedgerSnapshot(
    int CallCount, int FinishedCount, int Purchases, int Pictures, int Dropped, int InFlight, int PeakInFlight, IReadOnlyList<CallRecord> Calls);
