using System.Text.Json.Serialization;

using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Api.Webhooks;

/// <summary>A signing secret. Times are Unix seconds.</summary>
internal sealed record WebhookSecretBody
{
    [JsonPropertyName("object")]
    public string Object { get; } = "webhook.secret";

    [JsonPropertyName("created_at")]
    public required long CreatedAt { get; init; }

    /// <summary>Until when the one before signs along.</summary>
    [JsonPropertyName("previous_valid_until")]
    public long? PreviousValidUntil { get; init; }

    /// <summary>Only when it was made: it is never shown again.</summary>
    [JsonPropertyName("secret")]
    public string? Secret { get; init; }

    /// <summary>What may be shown of a secret.</summary>
    public static WebhookSecretBody Of(WebhookSecrets secrets, DateTimeOffset now) => new()
    {
        CreatedAt = secrets.CreatedAt.ToUnixTimeSeconds(),
        PreviousValidUntil = secrets.PreviousUntil > now ? secrets.PreviousUntil?.ToUnixTimeSeconds() : null,
    };
}
