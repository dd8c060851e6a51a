using System.Collections.Immutable;
using System.Text.Json.Serialization;

using MPilot.Jobs.Api.Errors;

namespace MPilot.Jobs.Api.Jobs;

/// <summary>The snapshot of a job: what polling and 202 answers show. Times are Unix seconds.</summary>
internal sealed record JobBody
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("object")]
    public string Object { get; } = "image.edit.job";

    [JsonPropertyName("status")]
    public required string Status { get; init; }

    [JsonPropertyName("created_at")]
    public required long CreatedAt { get; init; }

    [JsonPropertyName("completed_at")]
    public long? CompletedAt { get; init; }

    /// <summary>When the pictures go.</summary>
    [JsonPropertyName("expires_at")]
    public long? ExpiresAt { get; init; }

    [JsonPropertyName("request_id")]
    public required string RequestId { get; init; }

    /// <summary>What its request had as <c>X-Client-Request-Id</c>.</summary>
    [JsonPropertyName("client_request_id")]
    public string? ClientRequestId { get; init; }

    /// <summary>Who served, or, before that, what was asked for.</summary>
    [JsonPropertyName("model")]
    public required string Model { get; init; }

    /// <summary>Only for the owner who asks for this one job.</summary>
    [JsonPropertyName("prompt")]
    public string? Prompt { get; init; }

    [JsonPropertyName("metadata")]
    public ImmutableDictionary<string, string>? Metadata { get; init; }

    [JsonPropertyName("cancel_requested")]
    public required bool CancelRequested { get; init; }

    [JsonPropertyName("progress")]
    public required ProgressBody Progress { get; init; }

    [JsonPropertyName("attempts")]
    public required ImmutableArray<AttemptBody> Attempts { get; init; }

    [JsonPropertyName("warnings")]
    public ImmutableArray<WarningBody>? Warnings { get; init; }

    /// <summary>What it cost so far.</summary>
    [JsonPropertyName("cost")]
    public required CostBody Cost { get; init; }

    /// <summary>The status the synchronous call would have answered with, once final.</summary>
    [JsonPropertyName("status_code")]
    public int? StatusCode { get; init; }

    [JsonPropertyName("result_url")]
    public Uri? ResultUrl { get; init; }

    [JsonPropertyName("data")]
    public ImmutableArray<PictureLinkBody>? Pictures { get; init; }

    [JsonPropertyName("error")]
    public ErrorDetailBody? Error { get; init; }
}
