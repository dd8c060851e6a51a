using System.Text.Json.Serialization;

using MPilot.Jobs.Engine;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Api.Webhooks;

/// <summary>One try of a delivery: when, how long it took in ms, and how it ended. What the receiver said is not kept.</summary>
internal sealed record DeliveryAttemptBody(
    [property: JsonPropertyName("attempt")] int Attempt,
    [property: JsonPropertyName("at")] long At,
    [property: JsonPropertyName("latency")] long Latency,
    [property: JsonPropertyName("outcome")] string Outcome,
    [property: JsonPropertyName("status_code")] int? StatusCode)
{
    public static DeliveryAttemptBody Of(DeliveryAttempt attempt) => new(
        attempt.Number, attempt.At.ToUnixTimeSeconds(), (long)attempt.Duration.TotalMilliseconds, SnakeNames.Of(attempt.Outcome), attempt.StatusCode);
}
