using System.Text.Json;

using MPilot.Jobs.Api.Documentation;
using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Jobs;
using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Api.Streams;

namespace MPilot.Jobs.Api.Feed;

/// <summary>Describes <c>/v1/events</c>.</summary>
internal static class FeedDocs
{
    private const string Cursor = "cur_0000018f2ac00002";

    public static readonly CallDoc Follow = new("streamEvents", "Jobs", "Follow all your jobs")
    {
        Description = "Server-sent events: what happens to any of your jobs, as `GET /v1/jobs/{id}/events` tells of one, `id` saying whose it is. Not the `image_edit.*` events: "
            + "these are in the job's own stream. Begins at the present, or after a cursor; `id:` lines, which comments bear too, are cursors. Whoever comes back with the last one has every "
            + "event exactly once, those of a job in their order. A cursor from before what is kept (events 7 days if nothing else is configured) goes on with the oldest that is. "
            + "Ends when the service stops: come back. A comment comes at once and then every 15 s.",
        Parameters =
        [
            ParameterDoc.Query(new(
                FeedReading.Events, FieldKind.Text, $"Only these, with commas between: {string.Join(", ", FeedFilter.Names.Select(n => $"`{n}`"))}, the last for any end.")
            {
                Example = "job.succeeded,job.failed",
            }),
            ParameterDoc.Query(new(FeedReading.After, FieldKind.Text, "A cursor: only what came after it.") { Example = Cursor }),
            ParameterDoc.Header(new(ApiHeaders.LastEventId, FieldKind.Text, "The same; counts before `after`.") { Example = Cursor }),
        ],
        Answers =
        [
            EditDocs.Events("Each `data:` line is one of these.") with
            {
                Bodies = [typeof(JobEventBody)],
                Examples =
                [
                    ("attempt_started", JsonSerializer.SerializeToNode(JobSamples.Started, ApiJson.Wire.JobEventBody)!),
                    ("finalized", JsonSerializer.SerializeToNode(JobSamples.Finalized, ApiJson.Wire.JobEventBody)!),
                ],
            },
            .. ErrorDocs.Of(ErrorCatalog.InvalidValue(FeedReading.After, "after must be an id of this stream."), ErrorCatalog.Stopping()),
        ],
    };
}
