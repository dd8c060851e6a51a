using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

using MPilot.Jobs.Api.Jobs;
using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Api.Edits;

/// <summary>The member <c>extra_fields</c> of an answer: who served, how long it took, what was tried.</summary>
internal sealed record AnswerExtraBody(
    [property: JsonPropertyName("request_type")] string RequestType,
    [property: JsonPropertyName("provider")] string Provider,
    [property: JsonPropertyName("model_requested")] string ModelRequested,
    [property: JsonPropertyName("model_deployment")] string? ModelDeployment,
    [property: JsonPropertyName("latency")] long Latency,
    [property: JsonPropertyName("chunk_index")] int ChunkIndex,
    [property: JsonPropertyName("raw_request")] JsonElement? RawRequest,
    [property: JsonPropertyName("raw_response")] JsonElement? RawResponse,
    [property: JsonPropertyName("attempts")] ImmutableArray<AttemptBody> Attempts,
    [property: JsonPropertyName("failed_slots")] ImmutableArray<FailedSlotBody>? FailedSlots,
    [property: JsonPropertyName("mask_drift")] ImmutableArray<MaskDriftBody>? MaskDrift,
    [property: JsonPropertyName("warnings")] ImmutableArray<WarningBody>? Warnings,
    [property: JsonPropertyName("cost")] CostBody Cost)
{
    public static AnswerExtraBody Of(JobState job, Attempt serving)
        => new(
            "image_edit",
            job.StepOf(serving).Provider,
            job.ModelRequested,
            job.StepOf(serving).Model is var model && model == job.ModelRequested ? null : model,
            (long)((job.CompletedAt ?? job.CreatedAt) - job.CreatedAt).TotalMilliseconds,
            ChunkIndex: 0,
            Json(serving.Wire?.Request),
            Json(serving.Wire?.Response),
            AttemptBody.Trail(job),
            FailedSlotBody.Of(job),
            MaskDriftBody.Of(job),
            WarningBody.Of(job),
            CostBody.Of(job.Cost));

    private static JsonElement? Json(string? body) => body is null ? null : JsonElement.Parse(body);
}
