using System.Collections.Immutable;

using MPilot.Jobs.Domain.Webhooks;

namespace MPilot.Jobs.Domain.Buckets;

/// <summary>When a picture is brought to a bucket again. Pure.</summary>
public static class BucketRules
{
    /// <summary>The waits between tries: six tries in three quarters of an hour, since a presigned URL lives for minutes to hours.</summary>
    public static readonly ImmutableArray<TimeSpan> StandardSchedule =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
    ];

    /// <summary>What becomes of it.</summary>
    /// <param name="ended">The try.</param>
    /// <param name="next">How long to wait before the next try, as <see cref="DeliveryRules.Wait"/> says; <c>null</c>: there is none.</param>
    /// <param name="until">When the picture itself goes; <c>null</c>: nobody knows.</param>
    public static BucketMove After(DeliveryTry ended, TimeSpan? next, DateTimeOffset? until)
    {
        if (ended.Outcome == DeliveryOutcome.Accepted)
        {
            return new(BucketPutStatus.Delivered);
        }

        return next is { } wait && MayPass(ended) && !(ended.EndedAt + wait >= until)
            ? new(BucketPutStatus.Pending, ended.EndedAt + wait)
            : new(BucketPutStatus.Failed);
    }

    /// <summary>
    /// Whether the same call may end otherwise another time. A URL that is refused is used up, expired or wrong; one that leads elsewhere goes on doing so.
    /// </summary>
    private static bool MayPass(DeliveryTry ended) => ended.Outcome switch
    {
        DeliveryOutcome.Rejected => ended.StatusCode is >= 500 or 429 or 408,
        DeliveryOutcome.TimedOut or DeliveryOutcome.Unreachable or DeliveryOutcome.TlsFailed or DeliveryOutcome.ReceiverFailing or DeliveryOutcome.Faulted => true,
        _ => false,
    };
}
