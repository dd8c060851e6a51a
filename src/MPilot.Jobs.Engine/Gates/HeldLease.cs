namespace MPilot.Jobs.Engine.Gates;

/// <summary>A lease somebody holds.</summary>
internal sealed class HeldLease(string id, GateTicket ticket, GateKey key)
{
    public string Id { get; } = id;

    public GateTicket Ticket { get; } = ticket;

    public GateKey Key { get; } = key;

    public DateTimeOffset ExpiresAt { get; set; }

    public GateAnswer.Granted Granted => new(Key.Name, Id);
}
