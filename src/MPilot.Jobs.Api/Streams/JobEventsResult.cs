using System.Globalization;

using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Engine.Jobs;

namespace MPilot.Jobs.Api.Streams;

/// <summary>
/// <c>GET /v1/jobs/{id}/events</c>: all events of a job after one of them, until the last. A listener that comes back misses nothing.
/// Where nothing is left to come the answer is 204, which tells a browser's <c>EventSource</c> to stop coming back.
/// </summary>
internal sealed class JobEventsResult(StreamedJob job, long after, bool asLinks, JobLinks links, JobStreams streams) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var writer = streams.WriterFor(httpContext);
        PictureLink? link = asLinks ? (picture, cameAt) => links.Streamed(picture, cameAt, job.ResultLife) : null;
        await foreach (var item in streams.FollowAsync(job.Id, after, httpContext.RequestAborted))
        {
            if (item is null)
            {
                await writer.PulseAsync();
            }
            else
            {
                var frame = PictureFrames.Of(job, item, link) ?? JobEventBody.Of(job.Id, item).ToFrame();
                await writer.WriteAsync(frame, item.Sequence.ToString(CultureInfo.InvariantCulture));
            }
        }

        if (!writer.HasBegun && streams.AreOver)
        {
            await new ErrorResult(ErrorCatalog.Stopping()).ExecuteAsync(httpContext);
        }
        else if (!writer.HasBegun)
        {
            httpContext.Response.StatusCode = StatusCodes.Status204NoContent;
        }
    }
}
