using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Hosting.Configuration;

/// <summary>Finds what is wrong with the limits of a provider's gate.</summary>
internal static class GatesValidator
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public static IEnumerable<OptionMistake> Validate(string root, ProviderOptions provider)
        => Limits(root, provider.Concurrency, provider.RequestsPerMinute)
            .Concat(provider.Keys.SelectMany((key, index) => Limits($"{root}:Keys:{index}", key.Concurrency, key.RequestsPerMinute)))
            .Concat(Line(root, provider))
            .Concat(Waits(root, provider));

    private static IEnumerable<OptionMistake> Limits(string root, int? concurrency, int? requestsPerMinute)
    {
        if (concurrency is < 1 or > 10_000)
        {
            yield return new($"{root}:Concurrency", "must be between 1 and 10000.");
        }

        if (requestsPerMinute is < 1 or > 1_000_000)
        {
            yield return new($"{root}:RequestsPerMinute", "must be between 1 and 1000000.");
        }
    }

    private static IEnumerable<OptionMistake> Line(string root, ProviderOptions provider)
    {
        if (provider.AwaitedReserve is not (>= 0 and < 1))
        {
            yield return new($"{root}:AwaitedReserve", "must be at least 0 and less than 1.");
        }

        if (provider.MaxQueued is < 1 or > 10_000_000)
        {
            yield return new($"{root}:MaxQueued", "must be between 1 and 10000000.");
        }

        if (provider.Breaker.Failures is < 1 or > 1_000)
        {
            yield return new($"{root}:Breaker:Failures", "must be between 1 and 1000.");
        }
    }

    private static IEnumerable<OptionMistake> Waits(string root, ProviderOptions provider)
    {
        (string Key, TimeSpan Value)[] waits =
        [
            ("Breaker:OpenFor", provider.Breaker.OpenFor), ("CoolDown:RateLimited", provider.CoolDown.RateLimited),
            ("CoolDown:Credentials", provider.CoolDown.Credentials), ("CoolDown:Quota", provider.CoolDown.Quota),
        ];
        return waits.Where(w => w.Value <= TimeSpan.Zero || w.Value > Longest)
            .Select(w => new OptionMistake($"{root}:{w.Key}", "must be more than 0 and at most one day."));
    }
}
