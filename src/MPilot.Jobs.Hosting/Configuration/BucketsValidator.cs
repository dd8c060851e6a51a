using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Hosting.Configuration;

/// <summary>Finds what is wrong with the options of buckets.</summary>
internal static class BucketsValidator
{
    public static IEnumerable<OptionMistake> Validate(string root, BucketsOptions options)
        => ReceiversValidator.Counts(
                root,
                (nameof(options.Concurrency), options.Concurrency, 1_000), (nameof(options.MaxInFlight), options.MaxInFlight, 10_000),
                (nameof(options.BreakerFailures), options.BreakerFailures, 1_000))
            .Concat(ReceiversValidator.Times(
                root,
                (nameof(options.Timeout), options.Timeout, TimeSpan.FromHours(1)), (nameof(options.BreakerOpenFor), options.BreakerOpenFor, TimeSpan.FromDays(1))))
            .Concat(ReceiversValidator.Schedule(root, options.Schedule));
}
