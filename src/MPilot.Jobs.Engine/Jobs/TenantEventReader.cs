using System.Runtime.CompilerServices;

using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Engine.Jobs;

/// <summary>Follows what happens to all jobs of a tenant, without an end: wakes on live hints, trusts only the store.</summary>
public sealed class TenantEventReader(ITenantEvents events, IJobFeed feed, RereadPace pace, TimeProvider time)
{
    /// <summary>How far looks into the store are apart at least, while events come one by one: those of a busy tenant are read together. 100 ms.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);

    /// <summary>How soon at the latest a store is asked again that could not be read, or that holds events back. 2 s.</summary>
    public static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(2);

    private const int PageSize = 64;

    /// <summary>Where to begin: at the present, or where a listener was. A cursor that is ahead of the store, which must have been restored, is before all that is kept.</summary>
    public async Task<FeedCursor> BeginAsync(FeedCursor? after, CancellationToken cancellationToken)
    {
        var present = new FeedCursor(await events.FindEndAsync(cancellationToken));
        return after is not { } cursor ? present : cursor.Position > present.Position ? FeedCursor.Oldest : cursor;
    }

    /// <summary>
    /// The events after a cursor. In between comes a <c>null</c> every <paramref name="pulse"/>, whatever else comes. A store that cannot be read for a
    /// moment shows as nothing but pulses. No more than a page is held, however slow the caller is.
    /// </summary>
    public async IAsyncEnumerable<TenantEvent?> FollowAsync(
        string tenant, FeedCursor after, TimeSpan pulse, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Listening before looking: what comes in between leaves a hint.
        using var subscription = feed.Subscribe(TenantTopic.Of(tenant));
        var lookout = new Lookout(subscription, pulse, time);
        var position = after.Position;
        var patience = TimeSpan.Zero;
        while (true)
        {
            var page = await ReadAsync(tenant, position, cancellationToken);
            foreach (var item in page?.Events ?? [])
            {
                position = item.Position;
                yield return item;
            }

            // What holds events back may be over in a moment, or be left open for minutes.
            patience = page is { IsHeldBack: true, Events.IsEmpty: true } ? Shorter(Rest + (2 * patience), RetryInterval) : TimeSpan.Zero;
            lookout.Rest(page is { Events.Length: PageSize } ? TimeSpan.Zero : Rest, WaitAfter(page, patience));
            while (!await lookout.IsLookDueAsync(cancellationToken))
            {
                yield return null;
            }
        }
    }

    /// <summary>How long to go without a hint. A full page is one; where events are held back none will come.</summary>
    private TimeSpan WaitAfter(TenantEventPage? page, TimeSpan patience) => page switch
    {
        null => RetryInterval,
        { Events.Length: PageSize } => TimeSpan.Zero,
        { IsHeldBack: true } => patience,
        _ => pace.Interval,
    };

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;

    /// <summary><c>null</c> if the store cannot be read now.</summary>
    private async Task<TenantEventPage?> ReadAsync(string tenant, long after, CancellationToken cancellationToken)
    {
        try
        {
            return await events.ReadAsync(tenant, after, PageSize, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }
}
