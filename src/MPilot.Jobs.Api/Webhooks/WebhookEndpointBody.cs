using System.Collections.Immutable;
using System.Text.Json.Serialization;

using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Api.Webhooks;

/// <summary>A webhook endpoint. Times are Unix seconds.</summary>
internal sealed record WebhookEndpointBody
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("object")]
    public string Object { get; } = "webhook.endpoint";

    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("url")]
    public required string Url { get; init; }

    [JsonPropertyName("events")]
    public required ImmutableArray<string> Events { get; init; }

    /// <summary>Whether it hears only of jobs whose request names it.</summary>
    [JsonPropertyName("named_only")]
    public required bool NamedOnly { get; init; }

    /// <summary><c>enabled</c> or <c>disabled</c>.</summary>
    [JsonPropertyName("status")]
    public required string Status { get; init; }

    [JsonPropertyName("created_at")]
    public required long CreatedAt { get; init; }

    [JsonPropertyName("disabled_at")]
    public long? DisabledAt { get; init; }

    /// <summary><c>gone</c> where the receiver answered 410, <c>owner</c> where you disabled it.</summary>
    [JsonPropertyName("disabled_by")]
    public string? DisabledBy { get; init; }

    /// <summary>Only when it was made: it is never shown again.</summary>
    [JsonPropertyName("secret")]
    public string? Secret { get; init; }

    public static WebhookEndpointBody Of(WebhookEndpoint endpoint) => new()
    {
        Id = endpoint.Id,
        Name = endpoint.Name,
        Url = endpoint.Url,
        Events = endpoint.Events,
        NamedOnly = endpoint.NamedOnly,
        Status = endpoint.DisabledAt is null ? "enabled" : "disabled",
        CreatedAt = endpoint.CreatedAt.ToUnixTimeSeconds(),
        DisabledAt = endpoint.DisabledAt?.ToUnixTimeSeconds(),
        DisabledBy = endpoint.DisabledAt is null ? null : endpoint.DisabledAsGone ? "gone" : "owner",
    };
}
