using System.Collections.Concurrent;

namespace MPilot.Jobs.Notifications.Lanes;

/// <summary>A lane for each receiver that this process has to do with.</summary>
internal sealed class ReceiverLanes(LaneTerms terms)
{
    /// <summary>How long a receiver is remembered that nothing is brought to. 1 h.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, ReceiverLane> _lanes = new(StringComparer.Ordinal);

    public ReceiverLane To(string target) => _lanes.GetOrAdd(target, static (_, terms) => new(terms), terms);

    /// <summary>Forgets receivers that nothing was brought to for long. Called by the one who begins calls.</summary>
    public void Forget(DateTimeOffset now)
    {
        foreach (var (target, lane) in _lanes)
        {
            if (lane.IsIdleSince(now - Memory))
            {
                _lanes.TryRemove(target, out _);
            }
        }
    }
}
