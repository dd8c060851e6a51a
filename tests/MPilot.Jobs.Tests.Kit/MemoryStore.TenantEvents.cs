using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Tests.Kit;

public sealed partial class MemoryStore : ITenantEvents
{
    private readonly List<(string Tenant, TenantEvent Event)> _told = [];
    private long _heldFrom = long.MaxValue;

    /// <summary>From now on events are held back, as by a writer that does not end.</summary>
    public void HoldBackEvents()
    {
        lock (_gate)
        {
            _heldFrom = _lastOutbox + 1;
        }
    }

    public void LetEventsGo()
    {
        lock (_gate)
        {
            _heldFrom = long.MaxValue;
        }
    }

    public Task<long> FindEndAsync(CancellationToken cancellationToken) => Atomically(() => Math.Min(_lastOutbox, _heldFrom - 1));

    public Task<TenantEventPage> ReadAsync(string tenant, long after, int limit, CancellationToken cancellationToken)
        => Atomically(() =>
        {
            var page = _told.Where(t => t.Tenant == tenant && t.Event.Position > after).Select(t => t.Event).Take(limit).ToList();
            return new TenantEventPage([.. page.Where(e => e.Position < _heldFrom)], page.Exists(e => e.Position >= _heldFrom));
        });

    private void Tell_NeedsLock(IEnumerable<OutboxRow> rows)
        => _told.AddRange(rows.Where(r => !r.Event.IsAboutPicture).Select(r => (r.Tenant, new TenantEvent(r.Id, r.Job, r.Event))));
}
