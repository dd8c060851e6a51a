using System.Collections.Immutable;
using System.Text.Json.Serialization;

using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Api.Webhooks;

/// <summary>A delivery. Times are Unix seconds.</summary>
internal sealed record DeliveryBody
{
    /// <summary>Also the <c>webhook-id</c> it is sent with.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("object")]
    public string Object { get; } = "webhook.delivery";

    [JsonPropertyName("event")]
    public required string Event { get; init; }

    [JsonPropertyName("endpoint")]
    public string? Endpoint { get; init; }

    /// <summary>Where the request named it.</summary>
    [JsonPropertyName("url")]
    public string? Url { get; init; }

    [JsonPropertyName("job")]
    public string? Job { get; init; }

    /// <summary>The event's number in its job.</summary>
    [JsonPropertyName("sequence")]
    public long? Sequence { get; init; }

    [JsonPropertyName("status")]
    public required string Status { get; init; }

    /// <summary>How the last try ended.</summary>
    [JsonPropertyName("outcome")]
    public string? Outcome { get; init; }

    /// <summary>How many tries were made.</summary>
    [JsonPropertyName("attempts")]
    public required int Attempts { get; init; }

    [JsonPropertyName("created_at")]
    public required long CreatedAt { get; init; }

    /// <summary>When it is tried next, while pending.</summary>
    [JsonPropertyName("due_at")]
    public long? DueAt { get; init; }

    [JsonPropertyName("ended_at")]
    public long? EndedAt { get; init; }

    /// <summary>Every try, only where one delivery is asked for.</summary>
    [JsonPropertyName("log")]
    public ImmutableArray<DeliveryAttemptBody>? Log { get; init; }

    public static DeliveryBody Of(Delivery delivery) => new()
    {
        Id = delivery.Id,
        Event = delivery.Event,
        Endpoint = delivery.Endpoint,
        Url = delivery.Url,
        Job = delivery.Job,
        Sequence = delivery.Job is null ? null : delivery.Sequence,
        Status = SnakeNames.Of(delivery.Status),
        Outcome = delivery.Outcome is { } outcome ? SnakeNames.Of(outcome) : null,
        Attempts = delivery.Attempts,
        CreatedAt = delivery.CreatedAt.ToUnixTimeSeconds(),
        DueAt = delivery.Status == DeliveryStatus.Pending ? delivery.DueAt.ToUnixTimeSeconds() : null,
        EndedAt = delivery.EndedAt?.ToUnixTimeSeconds(),
    };
}
