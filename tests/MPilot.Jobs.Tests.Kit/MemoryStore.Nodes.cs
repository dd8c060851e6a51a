using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Tests.Kit;

public sealed partial class MemoryStore
{
    private readonly Dictionary<long, (string Node, DateTimeOffset Until)> _epochs = [];
    private readonly List<SigningKey> _signingKeys = [];
    private long _lastEpoch;

    public Task<long> RegisterAsync(
        string node, DateTimeOffset leaseUntil, bool expireOthers, CancellationToken cancellationToken)
        => Atomically(() =>
        {
            foreach (var earlier in _epochs.Where(e => expireOthers || e.Value.Node == node).Select(e => e.Key).ToList())
            {
                _epochs.Remove(earlier);
            }

            _epochs[++_lastEpoch] = (node, leaseUntil);
            return _lastEpoch;
        });

    public Task<bool> RenewAsync(string node, long epoch, DateTimeOffset leaseUntil, CancellationToken cancellationToken)
        => Atomically(() =>
        {
            var alive = _epochs.TryGetValue(epoch, out var lease) && lease.Node == node;
            if (alive)
            {
                _epochs[epoch] = (node, leaseUntil);
            }

            return alive;
        });

    public Task LeaveAsync(string node, long epoch, CancellationToken cancellationToken)
        => RenewAsync(node, epoch, DateTimeOffset.UnixEpoch, cancellationToken);

    public Task<IReadOnlyList<string>> TakeOverAsync(DateTimeOffset? leaseOverBy, CancellationToken cancellationToken)
        => Atomically<IReadOnlyList<string>>(() =>
        {
            var expired = _epochs.Where(e => e.Value.Until <= (leaseOverBy ?? DateTimeOffset.UnixEpoch)).Select(e => e.Key).ToList();
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

    private bool IsAlive_NeedsLock(string? node, long? epoch)
        => epoch is { } e && _epochs.TryGetValue(e, out var lease) && lease.Node == node;
}
