namespace MPilot.Jobs.Engine.Gates;

/// <summary>The leases of a gate. All live equally long from their last renewal, so that the order of renewals is the order of ends.</summary>
internal sealed class LeaseBook
{
    private readonly LinkedList<HeldLease> _byExpiry = new();
    private readonly Dictionary<string, LinkedListNode<HeldLease>> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Job, int Attempt), HeldLease> _byCall = [];

    public int Count => _byId.Count;

    public DateTimeOffset? NextExpiry => _byExpiry.First?.Value.ExpiresAt;

    public HeldLease? Find(string lease) => _byId.GetValueOrDefault(lease)?.Value;

    public HeldLease? Find((string Job, int Attempt) call) => _byCall.GetValueOrDefault(call);

    public void Add(HeldLease lease, DateTimeOffset now)
    {
        lease.ExpiresAt = now + LeaseTerms.Life;
        _byId.Add(lease.Id, _byExpiry.AddLast(lease));
        _byCall.TryAdd(lease.Ticket.Call, lease);
    }

    public bool Renew(string lease, DateTimeOffset now)
    {
        if (!_byId.TryGetValue(lease, out var node))
        {
            return false;
        }

        node.Value.ExpiresAt = now + LeaseTerms.Life;
        _byExpiry.Remove(node);
        _byExpiry.AddLast(node);
        return true;
    }

    public HeldLease? Remove(string lease)
    {
        if (!_byId.Remove(lease, out var node))
        {
            return null;
        }

        _byExpiry.Remove(node);
        if (_byCall.GetValueOrDefault(node.Value.Ticket.Call) == node.Value)
        {
            _byCall.Remove(node.Value.Ticket.Call);
        }

        return node.Value;
    }

    /// <summary>Takes out one that is over, or <c>null</c>.</summary>
    public HeldLease? RemoveExpired(DateTimeOffset now) => _byExpiry.First is { } first && first.Value.ExpiresAt <= now ? Remove(first.Value.Id) : null;
}
