using System.Collections.Concurrent;

namespace MPilot.Jobs.Notifications.Hints;

/// <summary>
/// Which nodes were heard of on the bus, and when. One that fell silent may have lost the bus and go on storing, so that it counts as not heard until it is
/// heard again, or has been silent for so long that it must have ended.
/// </summary>
internal sealed class HeardNodes(TimeProvider time)
{
    /// <summary>How long a node says nothing before it counts as not heard. Three times what it tells in. 3 s.</summary>
    public static readonly TimeSpan Silence = 3 * BusHints.Beat;

    /// <summary>After which silence a node is forgotten. 5 min.</summary>
    public static readonly TimeSpan Oblivion = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, long> _heardAt = new(StringComparer.Ordinal);

    public void Hear(string node) => _heardAt[node] = time.GetTimestamp();

    /// <summary>Whether a node, and all others there are, were heard of lately.</summary>
    public bool AreAllHeard(string node)
    {
        foreach (var heard in _heardAt.Where(h => time.GetElapsedTime(h.Value) > Oblivion))
        {
            _heardAt.TryRemove(heard);
        }

        return _heardAt.ContainsKey(node) && _heardAt.Values.All(at => time.GetElapsedTime(at) <= Silence);
    }
}
