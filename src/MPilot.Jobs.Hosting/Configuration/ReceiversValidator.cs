using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Hosting.Configuration;

/// <summary>Finds what is wrong with options of what is brought to receivers of callers.</summary>
internal static class ReceiversValidator
{
    private const int MostWaits = 32;

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(7);

    public static IEnumerable<OptionMistake> Counts(string root, params IEnumerable<(string Key, int Value, int Most)> counts)
        => counts.Where(c => c.Value < 1 || c.Value > c.Most).Select(c => new OptionMistake($"{root}:{c.Key}", $"must be between 1 and {c.Most}."));

    public static IEnumerable<OptionMistake> Times(string root, params IEnumerable<(string Key, TimeSpan Value, TimeSpan Most)> times)
        => times.Where(t => t.Value <= TimeSpan.Zero || t.Value > t.Most)
            .Select(t => new OptionMistake($"{root}:{t.Key}", $"must be more than 0 and at most {(int)t.Most.TotalMinutes} minutes."));

    public static IEnumerable<OptionMistake> Schedule(string root, List<TimeSpan> schedule)
    {
        if (schedule.Count > MostWaits)
        {
            yield return new($"{root}:Schedule", $"must have at most {MostWaits} waits.");
        }

        foreach (var index in schedule.Select((wait, index) => wait <= TimeSpan.Zero || wait > LongestWait ? index : -1).Where(index => index >= 0))
        {
            yield return new($"{root}:Schedule:{index}", "must be more than 0 and at most 7 days.");
        }
    }
}
