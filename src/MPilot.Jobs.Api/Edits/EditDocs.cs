using System.Collections.Immutable;
using System.Text.Json;

using MPilot.Jobs.Api.Documentation;
using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Jobs;
using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Api.Streams;
using MPilot.Jobs.Domain.Fallback;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Describes <c>POST /v1/images/edits</c>.</summary>
internal static class EditDocs
{
    private const string FirstImage = "images[0]";

    public static readonly ParameterDoc IdempotencyKey = ParameterDoc.Header(
        new(ApiHeaders.IdempotencyKey, FieldKind.Text, "1 to 255 visible ASCII characters. The same key and content within 24 h mean the same job, other content is refused; a job that failed for a reason that may pass runs again. "
            + "Without it, the same request finds its job again if its connection was lost.") { Max = 255 });

    public static readonly ParameterDoc Deadline = ParameterDoc.Header(
        new(ApiHeaders.Deadline, FieldKind.Number, "The field `deadline`, for callers that cannot set it.") { Min = 0, Max = 604_800 });

    /// <summary>Headers that change what is shown of an edit, not the edit.</summary>
    public static readonly ImmutableArray<ParameterDoc> Seen =
    [
        Raw(ApiHeaders.SendBackRawRequest, "`extra_fields.raw_request` is what the provider that served was sent"),
        Raw(ApiHeaders.SendBackRawResponse, "`extra_fields.raw_response` is what it answered"),
        ParameterDoc.Header(new(ApiHeaders.ClientRequestId, FieldKind.Text, "Your own id of the request, shown with the job as `client_request_id`.") { Max = 128 }),
    ];

    /// <summary>An edit, in either encoding.</summary>
    public static readonly ImmutableArray<BodyDoc> Bodies =
        [BodyDoc.Form(EditFieldDocs.Form), BodyDoc.Json(EditFieldDocs.Json) with { Examples = EditSamples.JsonBodies }];

    /// <summary>A request that is refused as it is.</summary>
    public static readonly ImmutableArray<ApiError> Refusals =
    [
        ErrorDocs.Wrong(m => m.Invalid(EditFields.Count, "n must be between 1 and 10, got 99.")),
        ErrorDocs.Wrong(m => m.Invalid(EditFields.WebhookUrl, EditWebhooks.NeedsSecret)),
        ErrorDocs.Wrong(m => m.Missing(EditFields.Prompt, "prompt is required")),
        ErrorDocs.Wrong(m => m.Unsupported(EditFields.Size, "openai/gpt-image-1.5: This model makes 1024x1024, 1536x1024, 1024x1536.")),
        ErrorDocs.Wrong(m => m.Add(ErrorCatalog.InvalidImageFileCode, PictureField.Image, "The image is not a png, jpeg or webp picture.")),
        ErrorDocs.Wrong(m => m.Add(ErrorCatalog.InvalidImageFileCode, FirstImage, PictureReferences.NoSuchFile(FirstImage))),
        ErrorCatalog.FileGone(FirstImage),
        ErrorDocs.Wrong(m => m.Add(MaskCheck.Code, PictureField.Mask, PictureRules.NoAlpha)),
        ErrorDocs.Wrong(m => m.Add(MaskCheck.Code, PictureField.Mask, MaskCheck.Opaque)),
        ErrorDocs.Wrong(m => m.Add(MaskCheck.Code, PictureField.Mask, MaskCheck.Unmarked)),
        ErrorDocs.Wrong(m => m.Add(MaskCheck.Code, PictureField.Image, PictureRules.NeedsMask)),
        ErrorDocs.Wrong(m => m.Add("mask_mismatch", PictureField.Mask, "The mask is 512x512, the first image 640x480: they must be of one size.")),
        ErrorDocs.Wrong(m => m.Add(ErrorCatalog.ModelNotFoundCode, EditFields.Model, "No provider serves a model named dall-e-2.")),
        ErrorDocs.Wrong(m => ChainResolver.Block(m, EditFields.Model, "openai", "gpt-image-2")),
        ErrorDocs.Wrong(m => ChainResolver.BlockProvider(m, EditFields.Fallbacks, "openai")),
        ErrorCatalog.InvalidMultipart("failed to parse multipart form: it is cut short or malformed."),
        ErrorCatalog.InvalidJson("The body is not valid JSON."),
        ErrorCatalog.BodyTooLarge(PictureField.Image, "image is larger than 52428800 bytes."),
        ErrorCatalog.UnsupportedMediaType(),
        ErrorCatalog.UnsupportedCharset(),
        ErrorCatalog.KeyReused(),
        ErrorCatalog.LineFull(TimeSpan.FromSeconds(20)),
    ];

    /// <summary>What a job may have failed with.</summary>
    public static readonly ImmutableArray<ApiError> Failures = [.. Enum.GetValues<FailureKind>().Select(kind => FailureErrors.Of(new AttemptFailure(kind)))];

    public static readonly CallDoc Edit = new("createImageEdit", "Edits", "Edit a picture")
    {
        Description = "Waits for the pictures, streams them with `stream=true`, or answers 202 where the caller says so with `Prefer`. "
            + "A request sent again without `Idempotency-Key` finds its job while that runs or within 10 min of its end, if nobody got the answer; two that wait side by side are two jobs. "
            + "A job that failed answers the same request for 10 s with its failure and `x-mpilot-replayed: true`. "
            + "Fields that are none of these go to providers that declare them, and are warned about otherwise. All mistakes are reported at once.",
        Parameters =
        [
            ParameterDoc.Header(new(ApiHeaders.Prefer, FieldKind.Text, "`respond-async` answers 202 at once, `wait=N` after N seconds.") { Example = "respond-async" }),
            IdempotencyKey,
            ParameterDoc.Header(
                new(ApiHeaders.RetryCount, FieldKind.Integer, "Sent by OpenAI's clients. A caller that sends it is told after 280 s to ask again (504 `job_still_running`); above 0 it finds its job even if that seems to be waited for.") { Example = 0 }),
            Deadline,
            .. Seen,
        ],
        Bodies = Bodies,
        Answers =
        [
            AnswerDoc.Json(200, "The pictures.", ApiJson.Wire.EditAnswerBody, ("b64_json", EditSamples.WithBytes), ("url", EditSamples.WithLinks)) with
            {
                Headers =
                [
                    (ApiHeaders.JobId, "The job."), (ApiHeaders.Provider, "Who served."), (ApiHeaders.Attempts, "How many calls were made."),
                ],
            },
            Events("With `stream=true`: each `data:` line is one of these.") with
            {
                Examples =
                [
                    ("partial_image", JsonSerializer.SerializeToNode(EditSamples.Preview, ApiJson.Wire.PictureEventBody)!),
                    ("completed", JsonSerializer.SerializeToNode(EditSamples.Completed, ApiJson.Wire.PictureEventBody)!),
                    ("failed", JsonSerializer.SerializeToNode(EditSamples.Failed, ApiJson.Wire.PictureFailedBody)!),
                    ("error", JsonSerializer.SerializeToNode(StreamError, ApiJson.Wire.StreamErrorBody)!),
                ],
                Bodies = [typeof(PictureEventBody), typeof(PictureFailedBody), typeof(StreamErrorBody)],
            },
            JobDocs.Pending,
            .. ErrorDocs.Of([.. Refusals, .. Failures, ErrorCatalog.StillRunning(new($"http://127.0.0.1:8080/v1/jobs/{EditSamples.JobId}"))]),
        ],
    };

    public static readonly CallDoc Unversioned = Also("createImageEditUnversioned", "Edit a picture, for base URLs without a version");

    public static readonly CallDoc Azure = Also("createAzureImageEdit", "Edit a picture as Azure's clients do") with
    {
        Parameters = [ApiVersion, .. Edit.Parameters],
    };

    public static readonly CallDoc Deployed = Also("createDeployedImageEdit", "Edit a picture as Azure's clients do, with a deployment") with
    {
        Parameters =
        [
            new(
                ParameterPlace.Path,
                new(Deployment.RouteValue, FieldKind.Text, "The model, named as in the field `model`.") { IsRequired = true, Max = EditFields.MaxModelLength, Example = "gpt-image-2" }),
            ApiVersion,
            .. Edit.Parameters,
        ],
        Bodies = [.. Bodies.Select(body => body with { Fields = EditFieldDocs.WithoutModel(body.Fields) })],
    };

    /// <summary>A stream of events; what they are is still to be said.</summary>
    public static AnswerDoc Events(string meaning) => new(200, meaning) { ContentType = "text/event-stream" };

    private static ParameterDoc Raw(string header, string meaning)
        => ParameterDoc.Header(
            new(header, FieldKind.Text, $"`true`: {meaning}, without pictures, links and keys. More than 32 kB become `{{\"cut\": …, \"bytes\": …}}`. Not in streams."));

    private static ParameterDoc ApiVersion => ParameterDoc.Query(new("api-version", FieldKind.Text, "Ignored."));

    private static StreamErrorBody StreamError
    {
        get
        {
            var error = FailureErrors.Of(new AttemptFailure(FailureKind.Transient));
            return new("error", error.Status, ErrorDetailBody.Of(error, eventId: null), new("image_edit", "openai", "gpt-image-2", EditSamples.Attempts));
        }
    }

    /// <summary>The same call at another path.</summary>
    private static CallDoc Also(string id, string summary) => Edit with { Id = id, Group = "Dialects", Summary = summary, Description = "The same call as `POST /v1/images/edits`." };
}
