using System.Collections.Immutable;

using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Webhooks;

namespace MPilot.Jobs.Api.Feed;

/// <summary>Which events a listener wants, by the names webhooks know them by.</summary>
/// <param name="Wanted"><c>null</c>: all.</param>
internal sealed record FeedFilter(ImmutableArray<string>? Wanted)
{
    /// <summary>What the stream itself calls the end of a job, however it ended.</summary>
    private const string End = "job.finalized";

    public static readonly ImmutableArray<string> Names = [.. WebhookEvents.OfJobs, End];

    public bool Passes(JobEvent item) => Wants(WebhookEvents.Of(item)) || (item is JobEvent.Finalized && Wants(End));

    private bool Wants(string? name) => Wanted is not { } wanted || (name is not null && wanted.Contains(name, StringComparer.Ordinal));
}
