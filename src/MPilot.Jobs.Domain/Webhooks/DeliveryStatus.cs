namespace MPilot.Jobs.Domain.Webhooks;

/// <summary>Where a delivery stands.</summary>
public enum DeliveryStatus
{
    /// <summary>To be tried at its due time, or being tried.</summary>
    Pending,

    /// <summary>The receiver accepted it. Final.</summary>
    Delivered,

    /// <summary>Every try of the schedule failed. Final, unless it is delivered again by hand.</summary>
    Exhausted,

    /// <summary>There is nobody to bring it to, or nothing to bring. Final, unless it is delivered again by hand.</summary>
    Discarded,
}
