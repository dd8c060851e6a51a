using System.Text.Json;

using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Jobs;
using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Jobs;

namespace MPilot.Jobs.Api.Streams;

/// <summary>
/// Answers an edit as a stream: previews and pictures as they come. Until the first of them, or the first pulse, the headers are held:
/// a job that fails before is an ordinary error.
/// </summary>
internal sealed class EditStreamResult(JobState job, JobStreams streams, JobLinks links) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var writer = streams.WriterFor(httpContext);
        var streamed = StreamedJob.Of(job);
        JobEvent? last = null;
        await foreach (var item in streams.FollowAsync(job.Id, after: 0, httpContext.RequestAborted))
        {
            last = item ?? last;
            switch (item)
            {
                case null:
                    await writer.PulseAsync();
                    break;
                case JobEvent.Finalized { Status: not JobStatus.Succeeded }:
                    await FailAsync(httpContext, writer);
                    break;
                default:
                    if (PictureFrames.Of(streamed, item, link: null) is { } frame && (writer.HasBegun || item is not JobEvent.PictureFailed))
                    {
                        await writer.WriteAsync(frame, id: null);
                    }

                    break;
            }
        }

        if (last is not JobEvent.Finalized && streams.AreOver)
        {
            await FailAsync(httpContext, writer, ErrorCatalog.StillRunning(links.Job(job.Id)), JobAnswers.Scope(job));
        }
    }

    private async Task FailAsync(HttpContext http, FrameWriter writer)
    {
        var final = await streams.LoadAsync(job.Id, http.RequestAborted) ?? job;
        await FailAsync(http, writer, FailureErrors.Of(final), JobAnswers.Scope(final));
    }

    private static async Task FailAsync(HttpContext http, FrameWriter writer, ApiError error, ErrorExtraBody scope)
    {
        if (!writer.HasBegun)
        {
            await new ErrorResult(error, scope).ExecuteAsync(http);
            return;
        }

        var body = new StreamErrorBody("error", error.Status, ErrorDetailBody.Of(error, eventId: null), scope);
        await writer.WriteAsync(new("error", JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Wire.StreamErrorBody), null), id: null);
    }
}
