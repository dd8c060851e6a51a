namespace MPilot.Jobs.Simulators.Ledgers;

/// <summary>A call's place in the ledger; only the ledger writes to it.</summary>
internal sealed class CallEntry(CallRecord arrived)
{
    public int Number => Record.Number;

    public CallRecord Record { get; set; } = arrived;
}
