using System.Collections.Immutable;

using MPilot.Jobs.Api.Dialects.Bifrost;
using MPilot.Jobs.Api.Dialects.Sub2Api;
using MPilot.Jobs.Api.Documentation;
using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Jobs;
using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Domain.Fallback;

namespace MPilot.Jobs.Api.Dialects;

/// <summary>Describes the calls of other gateways' clients.</summary>
internal static class DialectDocs
{
    private const string Group = "Dialects";

    private static readonly ApiError Refused = FailureErrors.Of(new AttemptFailure(FailureKind.Refused));

    private static readonly DateTime Accepted = DateTimeOffset.FromUnixTimeSeconds(EditSamples.Created).UtcDateTime;

    private static readonly BifrostJobBody BifrostPending = new(EditSamples.JobId, JobSamples.Running.RequestId, "pending", Accepted);

    private static readonly BifrostJobBody BifrostCompleted = BifrostPending with
    {
        Status = "completed", CompletedAt = Accepted.AddSeconds(18), ExpiresAt = Accepted.AddSeconds(3618), StatusCode = 200, Result = EditSamples.WithBytes,
    };

    private static readonly BifrostJobBody BifrostFailed = BifrostCompleted with
    {
        Status = "failed", StatusCode = 400, Result = null, Error = ErrorBody.Of(Refused, eventId: null, new("image_edit", "openai", "gpt-image-2")),
    };

    private static readonly Sub2ApiJobBody Task = new(
        EditSamples.JobId, EditSamples.JobId, "image.generation.task", "processing", EditSamples.Created, EditSamples.Created + 172_800);

    private static readonly Sub2ApiJobBody TaskCompleted = Task with
    {
        Status = "completed",
        ExpiresAt = EditSamples.Created + 86_418,
        CompletedAt = EditSamples.Created + 18,
        HttpStatus = 200,
        ImageUrl = EditSamples.Link,
        Result = EditSamples.WithLinks,
    };

    private static readonly Sub2ApiJobBody TaskFailed = TaskCompleted with
    {
        Status = "failed", HttpStatus = 400, ImageUrl = null, Result = null, Error = ErrorDetailBody.Of(Refused, eventId: null),
    };

    public static readonly CallDoc BifrostSubmit = new("createAsyncImageEdit", Group, "Submit an edit as Bifrost's clients do")
    {
        Description = "The fields of `POST /v1/images/edits`, except that `stream` is refused.",
        Parameters =
        [
            ParameterDoc.Header(
                new(ApiHeaders.AsyncResultTtl, FieldKind.Integer, "Seconds the result is kept after the end. What is no positive number counts as absent.") { Example = 3600 }),
            ParameterDoc.Header(new(
                ApiHeaders.AsyncWebhook, FieldKind.Text, "The name of a webhook endpoint of yours: it is told of the end of the job, if it subscribed to that, in Bifrost's words.")),
            EditDocs.IdempotencyKey,
            EditDocs.Deadline,
            .. EditDocs.Seen,
        ],
        Bodies = EditDocs.Bodies,
        Answers =
        [
            AnswerDoc.Json(202, "Accepted.", ApiJson.Wire.BifrostJobBody, ("pending", BifrostPending)) with { Headers = Poll },
            .. ErrorDocs.Of([.. EditDocs.Refusals, ErrorDocs.Wrong(m => m.Invalid(ApiHeaders.AsyncWebhook, EditWebhooks.NoSuchEndpoint))]),
        ],
    };

    public static readonly CallDoc BifrostGet = new("getAsyncImageEdit", Group, "Poll an edit as Bifrost's clients do")
    {
        Parameters = [JobDocs.Id],
        Answers =
        [
            AnswerDoc.Json(200, "The job ended, well or badly.", ApiJson.Wire.BifrostJobBody, ("completed", BifrostCompleted), ("failed", BifrostFailed)),
            AnswerDoc.Json(
                202, "The job goes on.", ApiJson.Wire.BifrostJobBody, ("pending", BifrostPending), ("processing", BifrostPending with { Status = "processing" })) with
            {
                Headers = Poll,
            },
            .. ErrorDocs.Of(BifrostReading.Gone),
        ],
    };

    public static readonly CallDoc Sub2ApiSubmit = new("createImageEditTask", Group, "Submit an edit as sub2api's clients do")
    {
        Description = "The fields of `POST /v1/images/edits`, except that `stream` is refused.",
        Parameters = [EditDocs.IdempotencyKey, EditDocs.Deadline, .. EditDocs.Seen],
        Bodies = EditDocs.Bodies,
        Answers =
        [
            AnswerDoc.Json(
                202, "Accepted.", ApiJson.Wire.Sub2ApiJobBody, ("processing", Task with { PollUrl = $"{Sub2ApiDialect.Path}/{EditSamples.JobId}" })) with
            {
                Headers = Poll,
            },
            .. ErrorDocs.Of(EditDocs.Refusals),
        ],
    };

    public static readonly CallDoc Sub2ApiGet = new("getImageEditTask", Group, "Poll an edit as sub2api's clients do")
    {
        Description = "Pictures are links, whatever the edit asked for.",
        Parameters = [JobDocs.Id],
        Answers =
        [
            AnswerDoc.Json(
                200, "The task as it stands.", ApiJson.Wire.Sub2ApiJobBody, ("processing", Task), ("completed", TaskCompleted), ("failed", TaskFailed)) with
            {
                Headers = Poll,
            },
            .. ErrorDocs.Of(Sub2ApiReading.Gone),
        ],
    };

    private static ImmutableArray<(string Name, string Rule)> Poll => [("Location", "Where to ask again, of a submission."), ("Retry-After", "Seconds until then.")];
}
