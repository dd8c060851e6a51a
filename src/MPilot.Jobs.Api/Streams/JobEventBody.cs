using System.Text.Json;
using System.Text.Json.Serialization;

using MPilot.Jobs.Api.Jobs;
using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Api.Streams;

/// <summary>A <c>job.*</c> event of <c>/v1/jobs/{id}/events</c> and of <c>/v1/events</c>.</summary>
internal sealed record JobEventBody(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("created_at")] long CreatedAt,
    [property: JsonPropertyName("sequence_number")] long SequenceNumber)
{
    [JsonPropertyName("attempt")]
    public int? Attempt { get; init; }

    [JsonPropertyName("provider")]
    public string? Provider { get; init; }

    [JsonPropertyName("model")]
    public string? Model { get; init; }

    [JsonPropertyName("outcome")]
    public string? Outcome { get; init; }

    [JsonPropertyName("failure")]
    public string? Failure { get; init; }

    [JsonPropertyName("status_code")]
    public int? StatusCode { get; init; }

    [JsonPropertyName("status")]
    public string? Status { get; init; }

    /// <summary>The body of an event that is about the job itself.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The event is about a picture.</exception>
    public static JobEventBody Of(string job, JobEvent item) => item switch
    {
        JobEvent.Accepted => New("job.accepted", job, item),
        JobEvent.AttemptStarted started => New("job.attempt_started", job, item) with
        {
            Attempt = started.Attempt, Provider = started.Provider, Model = started.Model,
        },
        JobEvent.AttemptFinished finished => New("job.attempt_finished", job, item) with
        {
            Attempt = finished.Attempt,
            Provider = finished.Provider,
            Model = finished.Model,
            Outcome = WireNames.Of(finished.Status),
            Failure = finished.Failure is { } failure ? WireNames.Of(failure) : null,
            StatusCode = finished.StatusCode,
        },
        JobEvent.CancelRequested => New("job.cancel_requested", job, item),
        JobEvent.Finalized final => New("job.finalized", job, item) with
        {
            Status = WireNames.Of(final.Status), Failure = final.Failure is { } reason ? WireNames.Of(reason) : null,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(item)),
    };

    /// <summary>As a stream sends it.</summary>
    public Frame ToFrame() => new(Type, JsonSerializer.SerializeToUtf8Bytes(this, ApiJson.Wire.JobEventBody), null);

    private static JobEventBody New(string type, string job, JobEvent item) => new(type, job, item.At.ToUnixTimeSeconds(), item.Sequence);
}
