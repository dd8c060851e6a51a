namespace MPilot.Jobs.Engine.Gates;

/// <summary>How fast a line moves: the smoothed time between two grants.</summary>
internal sealed class LinePace
{
    /// <summary>The share of the newest time in the smoothed one.</summary>
    private const double Newest = 0.1;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private DateTimeOffset? _last;
    private double? _seconds;

    public void OnGranted(DateTimeOffset now)
    {
        if (_last is { } last)
        {
            var seconds = (now - last).TotalSeconds;
            _seconds = _seconds is { } known ? known + (Newest * (seconds - known)) : seconds;
        }

        _last = now;
    }

    /// <summary>How long so many grants will take: from 1 to 60 s, and 60 where nothing is known yet.</summary>
    public TimeSpan TimeFor(int grants, DateTimeOffset now)
    {
        if (_seconds is not { } known)
        {
            return Longest;
        }

        // A line that stands is not as fast as it was.
        var pace = Math.Max(known, (now - _last!.Value).TotalSeconds);
        return TimeSpan.FromSeconds(Math.Clamp(pace * grants, Shortest.TotalSeconds, Longest.TotalSeconds));
    }
}
