using System.Collections.Immutable;

using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Streams;
using MPilot.Jobs.Domain.Fallback;

namespace MPilot.Jobs.Api.Jobs;

/// <summary>Jobs, to be shown as examples.</summary>
internal static class JobSamples
{
    public static JobBody Running { get; } = new()
    {
        Id = EditSamples.JobId,
        Status = "running",
        CreatedAt = EditSamples.Created,
        RequestId = "req_01a203965a5f7c2e9d3b1f60c0a4e7b2",
        Model = "gpt-image-2",
        Prompt = "make the vase golden",
        Metadata = ImmutableDictionary<string, string>.Empty.Add("order", "7"),
        CancelRequested = false,
        Progress = new(0, 0, 1),
        Attempts = [new(1, [0], "openai", "gpt-image-2", "in_flight")],
        Cost = new("0", "USD", Known: false),
    };

    public static JobBody Succeeded { get; } = Running with
    {
        Status = "succeeded",
        CompletedAt = EditSamples.Created + 18,
        ExpiresAt = EditSamples.Created + 86_418,
        Progress = new(1, 0, 1),
        Attempts = EditSamples.Attempts,
        Cost = EditSamples.Cost,
        Warnings = EditSamples.Warnings,
        StatusCode = 200,
        ResultUrl = new($"http://127.0.0.1:8080/v1/jobs/{EditSamples.JobId}/result"),
        Pictures = [new(EditSamples.Link, 0)],
    };

    public static JobBody Brought { get; } = Succeeded with
    {
        Pictures = [new(EditSamples.Link, 0) { Output = new("delivered", 1) }],
    };

    public static JobBody Failed { get; } = Succeeded with
    {
        Status = "failed",
        Progress = new(0, 1, 1),
        Attempts = [new(1, [0], "openai", "gpt-image-2", "failed", "refused", 400, 2_140)],
        Warnings = null,
        StatusCode = 400,
        Pictures = null,
        Error = ErrorDetailBody.Of(FailureErrors.Of(new AttemptFailure(FailureKind.Refused)), eventId: null),
    };

    public static JobEventBody Started { get; } = new("job.attempt_started", EditSamples.JobId, EditSamples.Created, 2)
    {
        Attempt = 1, Provider = "openai", Model = "gpt-image-2",
    };

    public static JobEventBody Finalized { get; } = new("job.finalized", EditSamples.JobId, EditSamples.Created + 18, 5) { Status = "succeeded" };
}
