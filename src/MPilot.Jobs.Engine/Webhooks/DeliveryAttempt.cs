using MPilot.Jobs.Domain.Webhooks;

namespace MPilot.Jobs.Engine.Webhooks;

/// <summary>One try of a delivery, as it was recorded: never what the receiver said.</summary>
/// <param name="Number">From 1.</param>
/// <param name="At">When it began.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="StatusCode">What the receiver answered; <c>null</c> where no answer came.</param>
public sealed record DeliveryAttempt(int Number, DateTimeOffset At, TimeSpan Duration, DeliveryOutcome Outcome, int? StatusCode);
