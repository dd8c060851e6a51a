using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Tests.Kit;

public sealed partial class MemoryStore
{
    private readonly Dictionary<long, (string Node, DateTimeOffset Until)> _epochs = [];
    private readonly List<SigningKey> _signingKeys = [];
    private long _lastEpoch;

    public Task<long> RegisterAsync(
        string node, DateTimeOffset now, DateTimeOffset leaseUntil, bool expireOthers, CancellationToken cancellationToken)
        => Atomically(() =>
        {
            foreach (var earlier in _epochs.Where(e => expireOthers || e.Value.Node == node).Select(e => e.Key).ToList())
            {
                _epochs.Remove(earlier);
            }

            _epochs[++_lastEpoch] = (node, leaseUntil);
            return _lastEpoch;
        });

    public Task<bool> RenewAsync(string node, long epoch, DateTimeOffset now, DateTimeOffset leaseUntil, CancellationToken cancellationToken)
        => Atomically(() =>
        {
            var alive = IsAlive_NeedsLock(node, epoch, now);
            if (alive)
            {
                _epochs[epoch] = (node, leaseUntil);
            }

            return alive;
        });

    public Task<IReadOnlyList<string>> TakeExpiredAsync(DateTimeOffset now, CancellationToken cancellationToken)
        => Atomically<IReadOnlyList<string>>(() =>
        {
            var expired = _epochs.Where(e => e.Value.Until <= now).Select(e => e.Key).ToList();
            return [.. expired.Select(e => _epochs.Remove(e, out var node) ? node.Node : "")];
        });

    public Task<IReadOnlyList<SigningKey>> EnsureAsync(SigningKey candidate, CancellationToken cancellationToken)
        => Atomically<IReadOnlyList<SigningKey>>(() =>
        {
            if (_signingKeys.Count == 0)
            {
                _signingKeys.Add(candidate);
            }

            return [.. _signingKeys.OrderByDescending(k => k.CreatedAt).Take(2)];
        });

    private bool IsAlive_NeedsLock(string? node, long? epoch, DateTimeOffset now)
        => epoch is { } e && _epochs.TryGetValue(e, out var lease) && lease.Node == node && lease.Until > now;
}
