namespace MPilot.Jobs.Engine.Gates;

/// <summary>So many starts in any 60 seconds: exact, for the price of one moment kept per start.</summary>
/// <param name="limit">How many; <c>null</c>: any number.</param>
internal sealed class MinuteWindow(int? limit)
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(1);

    private readonly Queue<DateTimeOffset> _starts = new();

    /// <summary>When there is room again; <c>null</c>: now.</summary>
    public DateTimeOffset? FullUntil(DateTimeOffset now)
    {
        while (_starts.TryPeek(out var first) && first + Length <= now)
        {
            _starts.Dequeue();
        }

        return _starts.Count >= limit ? _starts.Peek() + Length : null;
    }

    public void Take(DateTimeOffset now)
    {
        if (limit is not null)
        {
            _starts.Enqueue(now);
        }
    }
}
