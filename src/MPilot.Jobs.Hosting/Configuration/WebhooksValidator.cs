using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Hosting.Configuration;

/// <summary>Finds what is wrong with the options of webhooks.</summary>
internal static class WebhooksValidator
{
    private const int MostWaits = 32;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    public static IEnumerable<OptionMistake> Validate(string root, WebhooksOptions options)
        => Counts(options).Where(c => c.Value < 1 || c.Value > c.Most).Select(c => new OptionMistake($"{root}:{c.Key}", $"must be between 1 and {c.Most}."))
            .Concat(Times(options).Where(t => t.Value <= TimeSpan.Zero || t.Value > t.Most)
                .Select(t => new OptionMistake($"{root}:{t.Key}", $"must be more than 0 and at most {(int)t.Most.TotalMinutes} minutes.")))
            .Concat(Schedule(root, options.Schedule));

    private static (string Key, int Value, int Most)[] Counts(WebhooksOptions options) =>
    [
        (nameof(options.Concurrency), options.Concurrency, 1_000), (nameof(options.MaxInFlight), options.MaxInFlight, 10_000),
        (nameof(options.BreakerFailures), options.BreakerFailures, 1_000), (nameof(options.MaxEndpoints), options.MaxEndpoints, 1_000),
    ];

    private static (string Key, TimeSpan Value, TimeSpan Most)[] Times(WebhooksOptions options) =>
    [
        (nameof(options.Timeout), options.Timeout, TimeSpan.FromMinutes(5)), (nameof(options.BreakerOpenFor), options.BreakerOpenFor, TimeSpan.FromDays(1)),
        (nameof(options.RotationOverlap), options.RotationOverlap, TimeSpan.FromDays(365)),
    ];

    private static IEnumerable<OptionMistake> Schedule(string root, List<TimeSpan> schedule)
    {
        if (schedule.Count > MostWaits)
        {
            yield return new($"{root}:Schedule", $"must have at most {MostWaits} waits.");
        }

        foreach (var index in schedule.Select((wait, index) => wait <= TimeSpan.Zero || wait > Longest ? index : -1).Where(index => index >= 0))
        {
            yield return new($"{root}:Schedule:{index}", "must be more than 0 and at most 7 days.");
        }
    }
}
