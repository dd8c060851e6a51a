using System.Text.Json;

using MPilot.Jobs.Api.Documentation;
using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Api.Streams;
using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Api.Jobs;

/// <summary>Describes <c>/v1/jobs</c>.</summary>
internal static class JobDocs
{
    private const string Group = "Jobs";

    public static readonly ParameterDoc Id = ParameterDoc.Id("The job.", EditSamples.JobId);

    private static readonly ApiError NoSuchJob = ErrorCatalog.NotFound("There is no such job.");

    /// <summary>The answer while a job goes on.</summary>
    public static readonly AnswerDoc Pending = AnswerDoc.Json(202, "The job goes on.", ApiJson.Wire.JobBody, ("running", JobSamples.Running)) with
    {
        Headers = [("Location", "Where to ask again."), ("Retry-After", "Seconds until then."), ("Preference-Applied", "What of `Prefer` was followed.")],
    };

    public static readonly CallDoc List = new("listJobs", Group, "List jobs, newest first")
    {
        Description = "Snapshots as `GET /v1/jobs/{id}` gives them, without the prompt. The next page starts `after` the `last_id` of this one.",
        Parameters =
        [
            ParameterDoc.Query(new("status", FieldKind.Text, "Only jobs that stand there.") { Choices = [.. Enum.GetValues<JobStatus>().Select(WireNames.Of)] }),
            ParameterDoc.Query(new("model", FieldKind.Text, "Only jobs that asked for this model, written as they did but without a provider.") { Example = "gpt-image-2" }),
            ParameterDoc.Query(new("request_id", FieldKind.Text, "Only jobs of the request with this `x-request-id`.")),
            ParameterDoc.Query(new("after", FieldKind.Text, "The id of a job of yours: only older ones.")),
            ParameterDoc.Query(new("limit", FieldKind.Integer, $"At most so many. Default: {JobListing.DefaultLimit}.") { Min = 1, Max = JobListing.MaxLimit }),
        ],
        Answers =
        [
            AnswerDoc.Json(200, "A page.", ApiJson.Wire.PageBodyJobBody, ("page", Page.Of([JobSamples.Succeeded with { Prompt = null }], b => b.Id, hasMore: true))),
            .. ErrorDocs.Of(ErrorCatalog.InvalidValue("limit", $"limit must be a number from 1 to {JobListing.MaxLimit}.")),
        ],
    };

    public static readonly CallDoc Get = new("getJob", Group, "Look at a job")
    {
        Parameters =
        [
            Id,
            ParameterDoc.Query(new("wait", FieldKind.Integer, "Seconds to wait for the job to become final.") { Min = 0, Max = 60, Example = 30 }),
            ParameterDoc.Header(new("If-None-Match", FieldKind.Text, "The `ETag` of what you have: 304 if nothing changed.")),
        ],
        Answers =
        [
            AnswerDoc.Json(
                200, "The snapshot, with fresh links.", ApiJson.Wire.JobBody,
                ("running", JobSamples.Running), ("succeeded", JobSamples.Succeeded), ("in_bucket", JobSamples.Brought), ("failed", JobSamples.Failed)) with
            {
                Headers = [("ETag", "Changes with the job, with what becomes of its pictures on their way to buckets, and when links have to be made anew.")],
            },
            AnswerDoc.Empty(304, "Nothing changed."),
            .. ErrorDocs.Of(NoSuchJob, ErrorCatalog.InvalidValue("wait", "wait must be a number of seconds from 0 to 60.")),
        ],
    };

    public static readonly CallDoc Result = new("getJobResult", Group, "Get what the synchronous call would have answered")
    {
        Parameters = [Id],
        Answers =
        [
            AnswerDoc.Json(200, "The pictures.", ApiJson.Wire.EditAnswerBody, ("b64_json", EditSamples.WithBytes), ("url", EditSamples.WithLinks)),
            Pending,
            .. ErrorDocs.Of([NoSuchJob, ErrorCatalog.ResultExpired(), .. EditDocs.Failures]),
        ],
    };

    public static readonly CallDoc Events = new("streamJobEvents", Group, "Follow a job")
    {
        Description = "Server-sent events from the beginning, or after the one of `Last-Event-ID`. Ends after the final event.",
        Parameters =
        [
            Id,
            ParameterDoc.Query(new("images", FieldKind.Text, "How pictures are shown. Default: `b64`.") { Choices = ["b64", "link"] }),
            ParameterDoc.Header(new("Last-Event-ID", FieldKind.Integer, "The `id:` of the last event you have.") { Min = 0 }),
        ],
        Answers =
        [
            EditDocs.Events("Each `data:` line is one of these.") with
            {
                Bodies = [typeof(JobEventBody), typeof(PictureEventBody), typeof(PictureFailedBody)],
                Examples =
                [
                    ("attempt_started", JsonSerializer.SerializeToNode(JobSamples.Started, ApiJson.Wire.JobEventBody)!),
                    ("completed", JsonSerializer.SerializeToNode(EditSamples.CompletedAsLink, ApiJson.Wire.PictureEventBody)!),
                    ("failed", JsonSerializer.SerializeToNode(EditSamples.Failed, ApiJson.Wire.PictureFailedBody)!),
                ],
            },
            .. ErrorDocs.Of(NoSuchJob, ErrorCatalog.InvalidValue("images", "images must be b64 or link.")),
        ],
    };

    public static readonly CallDoc Cancel = new("cancelJob", Group, "Stop a job")
    {
        Description = "Idempotent. A final job stays as it is; a picture that comes before the end of the last call wins.",
        Parameters = [Id],
        Answers =
        [
            AnswerDoc.Json(202, "The job as it stands.", ApiJson.Wire.JobBody, ("asked", JobSamples.Running with { CancelRequested = true })),
            .. ErrorDocs.Of(NoSuchJob),
        ],
    };
}
