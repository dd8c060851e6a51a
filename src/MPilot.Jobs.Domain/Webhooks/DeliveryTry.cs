namespace MPilot.Jobs.Domain.Webhooks;

/// <summary>One try of a delivery.</summary>
/// <param name="StartedAt">When it began.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="StatusCode">What the receiver answered; <c>null</c> where no answer came.</param>
/// <param name="RetryAfter">How long the receiver asks to be left alone.</param>
public sealed record DeliveryTry(
    DateTimeOffset StartedAt, TimeSpan Duration, DeliveryOutcome Outcome, int? StatusCode = null, TimeSpan? RetryAfter = null)
{
    public DateTimeOffset EndedAt => StartedAt + Duration;

    /// <summary>
    /// Whether the receiver is there and answers for itself: one that does not had better be left alone for a while. <c>null</c>: the try says nothing of it.
    /// </summary>
    public bool? ShowsHealth => Outcome switch
    {
        DeliveryOutcome.Accepted or DeliveryOutcome.Redirected or DeliveryOutcome.Gone => true,
        DeliveryOutcome.Rejected => StatusCode is < 500 and not 429 and not 408,
        DeliveryOutcome.TimedOut or DeliveryOutcome.Unreachable or DeliveryOutcome.TlsFailed or DeliveryOutcome.AddressRefused => false,
        _ => null,
    };
}
