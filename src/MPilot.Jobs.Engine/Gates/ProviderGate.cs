using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Telemetry;

namespace MPilot.Jobs.Engine.Gates;

/// <summary>Admission to the keys of one provider: so many calls in flight per key, first come first served, the least loaded key by weight.</summary>
internal sealed class ProviderGate
{
    private readonly Lock _gate = new();
    private readonly GateKey[] _keys;
    private readonly Dictionary<string, (GateTicket Ticket, GateKey Key)> _leases = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Job, int Attempt), GateAnswer.Granted> _granted = [];
    private readonly Dictionary<(string Job, int Attempt), LinkedListNode<GateTicket>> _queued = [];
    private readonly LinkedList<GateTicket> _queue = new();
    private readonly Ids _ids;
    private readonly Action<GateTicket, GateAnswer.Granted> _grant;

    public ProviderGate(ProviderOptions options, Ids ids, Action<GateTicket, GateAnswer.Granted> grant)
    {
        _ids = ids;
        _grant = grant;
        _keys = options.Keys.Count == 0
            ? [new GateKey("", 1, options.Concurrency)]
            : [.. options.Keys.Select(k => new GateKey(k.Name!, k.Weight, options.Concurrency))];
    }

    public GateAnswer Request(GateTicket ticket)
    {
        var id = (ticket.Job, ticket.Attempt);
        lock (_gate)
        {
            if (_granted.TryGetValue(id, out var earlier))
            {
                return earlier;
            }

            if (!_queued.ContainsKey(id))
            {
                if (_queue.Count == 0 && FreeKey() is { } key)
                {
                    return Grant_NeedsLock(ticket, key);
                }

                _queued.Add(id, _queue.AddLast(ticket));
            }

            return new GateAnswer.Queued();
        }
    }

    public void Release(string lease)
    {
        List<(GateTicket, GateAnswer.Granted)> next;
        lock (_gate)
        {
            if (!_leases.Remove(lease, out var held))
            {
                return;
            }

            held.Key.GiveBack();
            _granted.Remove((held.Ticket.Job, held.Ticket.Attempt));
            next = GrantQueued_NeedsLock();
        }

        foreach (var (ticket, granted) in next)
        {
            _grant(ticket, granted);
        }
    }

    public void Withdraw((string Job, int Attempt) id)
    {
        GateAnswer.Granted? granted;
        lock (_gate)
        {
            if (_queued.Remove(id, out var node))
            {
                _queue.Remove(node);
            }

            _granted.TryGetValue(id, out granted);
        }

        if (granted is not null)
        {
            Release(granted.Lease);
        }
    }

    public GateReading Read(string provider)
    {
        lock (_gate)
        {
            return new(provider, _queue.Count, _leases.Count, OpenBreakers: 0);
        }
    }

    private List<(GateTicket Ticket, GateAnswer.Granted Granted)> GrantQueued_NeedsLock()
    {
        var granted = new List<(GateTicket, GateAnswer.Granted)>();
        while (_queue.First is { } first && FreeKey() is { } key)
        {
            _queue.RemoveFirst();
            _queued.Remove((first.Value.Job, first.Value.Attempt));
            granted.Add((first.Value, Grant_NeedsLock(first.Value, key)));
        }

        return granted;
    }

    private GateAnswer.Granted Grant_NeedsLock(GateTicket ticket, GateKey key)
    {
        var granted = new GateAnswer.Granted(key.Name, _ids.NewLease());
        key.Take();
        _leases.Add(granted.Lease, (ticket, key));
        _granted.Add((ticket.Job, ticket.Attempt), granted);
        return granted;
    }

    private GateKey? FreeKey() => _keys.Where(k => k.IsFree).MinBy(k => k.Load);
}
