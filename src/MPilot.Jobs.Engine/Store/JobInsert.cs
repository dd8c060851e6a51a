using System.Collections.Immutable;

using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Engine.Store;

/// <summary>The accept transaction: state, events with their outbox rows, attempts, idempotency key and adopted artifacts, all or nothing.</summary>
/// <param name="State">Version 1.</param>
/// <param name="Events">In order, sequence 1 first.</param>
/// <param name="Key">The idempotency key, if any.</param>
/// <param name="Adopt">Ids of artifacts the job keeps alive from now on (open-ended).</param>
public sealed record JobInsert(JobState State, ImmutableArray<JobEvent> Events, IdempotencyKey? Key, ImmutableArray<string> Adopt)
{
    /// <summary>Who waits for the answer, where it sent no key and takes no 202; <c>null</c>: the job is never attached to but by key.</summary>
    public Listener? Listener { get; init; }

    /// <summary>Where the pictures are to be brought, a URL for each slot; empty: nowhere.</summary>
    public ImmutableArray<string> BucketUrls { get; init; } = [];
}
