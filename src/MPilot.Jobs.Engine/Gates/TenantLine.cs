namespace MPilot.Jobs.Engine.Gates;

/// <summary>
/// The tickets of one tenant in accept order. Awaited ones do not go before others: the reserve is what they have. They are kept apart only so that a free
/// place of the reserve finds them without a look at everybody else.
/// </summary>
internal sealed class TenantLine(string tenant)
{
    private readonly SortedSet<QueuedTicket> _awaited = new(QueuedTicket.InAcceptOrder);
    private readonly SortedSet<QueuedTicket> _others = new(QueuedTicket.InAcceptOrder);

    public string Tenant { get; } = tenant;

    /// <summary>Calls a round: at least one.</summary>
    public int Weight { get; } = 1;

    /// <summary>Calls left of this round.</summary>
    public int Deficit { get; set; }

    public int Count => _awaited.Count + _others.Count;

    public void Add(QueuedTicket queued) => SetOf(queued).Add(queued);

    public void Remove(QueuedTicket queued) => SetOf(queued).Remove(queued);

    public IEnumerable<QueuedTicket> InOrder(bool awaitedOnly)
    {
        using var awaited = _awaited.GetEnumerator();
        using var others = _others.GetEnumerator();
        var (hasAwaited, hasOther) = (awaited.MoveNext(), !awaitedOnly && others.MoveNext());
        while (hasAwaited || hasOther)
        {
            if (!hasOther || (hasAwaited && QueuedTicket.InAcceptOrder.Compare(awaited.Current, others.Current) < 0))
            {
                yield return awaited.Current;
                hasAwaited = awaited.MoveNext();
            }
            else
            {
                yield return others.Current;
                hasOther = others.MoveNext();
            }
        }
    }

    private SortedSet<QueuedTicket> SetOf(QueuedTicket queued) => queued.Ticket.IsAwaited ? _awaited : _others;
}
