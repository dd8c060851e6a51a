using System.Collections.Immutable;

using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Engine.Gates;

/// <summary>
/// The rules of one provider's gate: no clock, no timer, no lock. Calls come one at a time with the moment they are made at; after each its host tells what
/// <see cref="TakeTold"/> gives and sees that <see cref="Wake"/> is called at <see cref="WakeAt"/>. After each call no ticket waits that could go.
/// </summary>
internal sealed class ProviderGate
{
    /// <summary>A key that is back within this time is better waited for than fallen back from. 5 s.</summary>
    public static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(5);

    /// <summary>So small a part of a line's room goes to each who asks that all of them together do not fill it before they ask again.</summary>
    private const int RoomParts = 64;

    private readonly GateKey[] _keys;
    private readonly LeaseBook _leases = new();
    private readonly TicketLines _lines = new();
    private readonly LinePace _pace = new();
    private readonly int _maxQueued;
    private readonly Ids _ids;
    private readonly Action<GateTicket, TimeSpan> _waited;
    private readonly List<GateTelling> _told = [];
    private DateTimeOffset _now = DateTimeOffset.MinValue;
    private double _served;

    /// <param name="options">Its keys, named, and its limits.</param>
    /// <param name="ids">For leases.</param>
    /// <param name="waited">Is told of every grant how long its ticket was in line; must be quick.</param>
    public ProviderGate(ProviderOptions options, Ids ids, Action<GateTicket, TimeSpan> waited)
    {
        _ids = ids;
        _waited = waited;
        _maxQueued = options.MaxQueued;
        _keys = options.Keys.Count == 0 ? [new GateKey(options, new())] : [.. options.Keys.Select(k => new GateKey(options, k))];
    }

    /// <summary>Under which epoch it grants, where gates move; else 0.</summary>
    public long Epoch { get; init; }

    public int Queued => _lines.Count;

    public int InFlight => _leases.Count;

    /// <summary>Whether there is nothing better to wait for than a key the provider does not take.</summary>
    private bool AreAllSpurned => _keys.All(k => k.IsSpurned(_now));

    public int OpenBreakers => _keys.Count(k => k.HasOpenBreaker);

    /// <summary>When time alone may change something for those in line, or <c>null</c>.</summary>
    public DateTimeOffset? WakeAt
        => _lines.Count == 0 ? null : _keys.Select(k => k.NextChange(_now)).Append(_leases.NextExpiry).Min();

    /// <summary>What has to be told since the last time; telling it twice does no harm.</summary>
    public ImmutableArray<GateTelling> TakeTold()
    {
        ImmutableArray<GateTelling> told = [.. _told];
        _told.Clear();
        return told;
    }

    /// <summary>A full line still takes a tenant that has less than an equal share of it: who floods it keeps out himself.</summary>
    public GateAdmission Admit(string tenant, DateTimeOffset now)
    {
        Enter(now);
        Settle();
        var room = _maxQueued - _lines.Count;
        return room > 0 || _lines.CountOf(tenant) < _maxQueued / Math.Max(1, _lines.Tenants)
            ? new GateAdmission.Admitted(Math.Max(0, room / RoomParts))
            : new GateAdmission.Overloaded(_pace.TimeFor(1 + _lines.Count - _maxQueued + (_maxQueued / 10), _now));
    }

    public GateAnswer Request(GateTicket ticket, DateTimeOffset now)
    {
        Enter(now);
        if (_leases.Find(ticket.Call) is { } held)
        {
            Settle();
            return held.Granted with { GateEpoch = Epoch };
        }

        if (!_lines.Contains(ticket.Call))
        {
            _lines.Add(new(ticket, _now));
            CloseIfShut(ticket);
        }

        Settle();
        return AnswerOf(ticket.Call);
    }

    /// <summary>A key that is not configured any more has no place to take.</summary>
    public void Count(GateTicket ticket, GateAnswer.Granted granted, DateTimeOffset now)
    {
        Enter(now);
        if (_leases.Find(granted.Lease) is null && _keys.FirstOrDefault(k => k.Name == granted.Key) is { } key)
        {
            _lines.Remove(ticket.Call);
            Hold(new(granted.Lease, ticket, key));
        }

        Settle();
    }

    public bool Renew(string lease, DateTimeOffset now)
    {
        Enter(now);
        var renewed = _leases.Renew(lease, _now);
        Settle();
        return renewed;
    }

    public ImmutableArray<string> Report(string lease, GateReport report, DateTimeOffset now)
    {
        Enter(now);
        if (_leases.Remove(lease) is not { } held)
        {
            Settle();
            return [];
        }

        held.Key.Report(lease, report, _now);
        GiveBack(held);

        // Before those in line take what is left: the other keys are the same, but one may be on probation then.
        ImmutableArray<string> others = [.. _keys.Where(k => k != held.Key && k.IsUsable(_now)).Select(k => k.Name)];
        Settle();
        return others;
    }

    public void Release(string lease, DateTimeOffset now)
    {
        Enter(now);
        GiveBack(_leases.Remove(lease));
        Settle();
    }

    public void Withdraw((string Job, int Attempt) call, DateTimeOffset now)
    {
        Enter(now);
        _lines.Remove(call);
        if (_leases.Find(call) is { } held)
        {
            GiveBack(_leases.Remove(held.Id));
        }

        Settle();
    }

    /// <summary>Time went by.</summary>
    public void Wake(DateTimeOffset now)
    {
        Enter(now);
        Settle();
    }

    /// <summary>A gate's time does not go back, whatever its clock does.</summary>
    private void Enter(DateTimeOffset now)
    {
        _now = now > _now ? now : _now;
        while (_leases.RemoveExpired(_now) is { } expired)
        {
            GiveBack(expired);
        }

        foreach (var key in _keys)
        {
            key.WasShut &= key.IsShut(_now);
        }
    }

    private void Settle()
    {
        // 1. Who can go, goes.
        while (_lines.Count > 0 && IsAnyFree(isAwaited: true))
        {
            var awaitedOnly = !IsAnyFree(isAwaited: false);
            if (_lines.TakeNext(awaitedOnly, KeyFor) is not var (queued, key))
            {
                break;
            }

            Grant(queued, key);
        }

        // 2. Who has nothing to wait for is told so.
        var newlyShut = _keys.Where(k => !k.WasShut && k.IsShut(_now)).ToList();
        newlyShut.ForEach(k => k.WasShut = true);
        if (newlyShut.Count > 0)
        {
            _lines.All.Select(q => q.Ticket).ToList().ForEach(CloseIfShut);
        }
    }

    private bool IsAnyFree(bool isAwaited) => _keys.Any(k => k.IsFree(isAwaited, AreAllSpurned, _now));

    private void Grant(QueuedTicket queued, GateKey key)
    {
        var lease = new HeldLease(_ids.NewLease(), queued.Ticket, key);
        Hold(lease);
        _pace.OnGranted(_now);
        _waited(queued.Ticket, _now - queued.QueuedAt);
        _told.Add(new(queued.Ticket, new JobFact.GateGranted(_now, queued.Ticket.Attempt, key.Name, lease.Id) { GateEpoch = Epoch }));
    }

    private void Hold(HeldLease lease)
    {
        _served = Math.Max(_served, lease.Key.Take(lease, _served, _now));
        _leases.Add(lease, _now);
    }

    private static void GiveBack(HeldLease? lease) => lease?.Key.GiveBack(lease);

    /// <summary>Where all keys it may use are shut a ticket goes to another step, if it has one.</summary>
    private void CloseIfShut(GateTicket ticket)
    {
        if (ticket.MayFallBack && KeysOf(ticket).All(k => k.IsShut(_now)))
        {
            _lines.Remove(ticket.Call);
            _told.Add(new(ticket, new JobFact.GateClosed(_now, ticket.Attempt)));
        }
    }

    /// <summary>The least loaded of the free keys. A ticket without another step takes a key that failed it before rather than wait for those that are shut.</summary>
    private GateKey? KeyFor(GateTicket ticket)
    {
        var keys = KeysOf(ticket);
        var open = ticket.MayFallBack || keys.Any(k => !k.IsShut(_now)) ? keys : _keys;
        return open.Where(k => k.IsFree(ticket.IsAwaited, AreAllSpurned && !ticket.MayFallBack, _now)).MinBy(k => k.Load(_served));
    }

    /// <summary>Those that did not fail it before; all if all did.</summary>
    private IReadOnlyCollection<GateKey> KeysOf(GateTicket ticket)
    {
        if (ticket.AvoidKeys.IsEmpty)
        {
            return _keys;
        }

        var others = _keys.Where(k => !ticket.AvoidKeys.Contains(k.Name, StringComparer.Ordinal)).ToList();
        return others.Count > 0 ? others : _keys;
    }

    /// <summary>What is answered need not be told.</summary>
    private GateAnswer AnswerOf((string Job, int Attempt) call)
    {
        var index = _told.FindIndex(t => t.Ticket.Call == call);
        if (index < 0)
        {
            return new GateAnswer.Queued();
        }

        var fact = _told[index].Fact;
        _told.RemoveAt(index);
        return fact is JobFact.GateGranted granted ? new GateAnswer.Granted(granted.Key, granted.Lease) { GateEpoch = Epoch } : new GateAnswer.Closed();
    }
}
