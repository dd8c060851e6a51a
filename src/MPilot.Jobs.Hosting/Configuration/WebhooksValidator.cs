using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Hosting.Configuration;

/// <summary>Finds what is wrong with the options of webhooks.</summary>
internal static class WebhooksValidator
{
    public static IEnumerable<OptionMistake> Validate(string root, WebhooksOptions options)
        => ReceiversValidator.Counts(
                root,
                (nameof(options.Concurrency), options.Concurrency, 1_000), (nameof(options.MaxInFlight), options.MaxInFlight, 10_000),
                (nameof(options.BreakerFailures), options.BreakerFailures, 1_000), (nameof(options.MaxEndpoints), options.MaxEndpoints, 1_000))
            .Concat(ReceiversValidator.Times(
                root,
                (nameof(options.Timeout), options.Timeout, TimeSpan.FromMinutes(5)), (nameof(options.BreakerOpenFor), options.BreakerOpenFor, TimeSpan.FromDays(1)),
                (nameof(options.RotationOverlap), options.RotationOverlap, TimeSpan.FromDays(365))))
            .Concat(ReceiversValidator.Schedule(root, options.Schedule));
}
