namespace MPilot.Jobs.Engine.Gates;

/// <summary>Who waits at a gate: a line per tenant, served in rounds (deficit round robin, a call costs 1).</summary>
internal sealed class TicketLines
{
    private readonly Dictionary<(string Job, int Attempt), QueuedTicket> _tickets = [];
    private readonly Dictionary<string, LinkedListNode<TenantLine>> _lines = new(StringComparer.Ordinal);
    private readonly LinkedList<TenantLine> _round = new();

    public int Count => _tickets.Count;

    /// <summary>Tenants with tickets in line.</summary>
    public int Tenants => _round.Count;

    public IEnumerable<QueuedTicket> All => _tickets.Values;

    public int CountOf(string tenant) => _lines.GetValueOrDefault(tenant)?.Value.Count ?? 0;

    public bool Contains((string Job, int Attempt) call) => _tickets.ContainsKey(call);

    public void Add(QueuedTicket queued)
    {
        _tickets.Add(queued.Ticket.Call, queued);
        if (!_lines.TryGetValue(queued.Ticket.Tenant, out var line))
        {
            line = _round.AddLast(new TenantLine(queued.Ticket.Tenant));
            _lines.Add(queued.Ticket.Tenant, line);
        }

        line.Value.Add(queued);
    }

    public void Remove((string Job, int Attempt) call)
    {
        if (!_tickets.Remove(call, out var queued))
        {
            return;
        }

        var line = _lines[queued.Ticket.Tenant];
        line.Value.Remove(queued);
        if (line.Value.Count == 0)
        {
            _lines.Remove(queued.Ticket.Tenant);
            _round.Remove(line);
        }
    }

    /// <summary>
    /// Takes the ticket whose turn it is out of the line, with its key. A tenant none of whose tickets can go keeps its place in the round, and so does a
    /// ticket in its tenant's line.
    /// </summary>
    /// <param name="awaitedOnly">Whether only the reserve has places.</param>
    /// <param name="keyFor">The key a ticket can go with now, or <c>null</c>.</param>
    public (QueuedTicket Ticket, GateKey Key)? TakeNext(bool awaitedOnly, Func<GateTicket, GateKey?> keyFor)
    {
        for (var line = _round.First; line is not null; line = line.Next)
        {
            foreach (var queued in line.Value.InOrder(awaitedOnly))
            {
                if (keyFor(queued.Ticket) is { } key)
                {
                    EndTurn(line);
                    Remove(queued.Ticket.Call);
                    return (queued, key);
                }
            }
        }

        return null;
    }

    private void EndTurn(LinkedListNode<TenantLine> line)
    {
        var left = (line.Value.Deficit > 0 ? line.Value.Deficit : line.Value.Weight) - 1;
        line.Value.Deficit = left;
        if (left == 0)
        {
            _round.Remove(line);
            _round.AddLast(line);
        }
    }
}
