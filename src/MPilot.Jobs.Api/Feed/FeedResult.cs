using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Streams;
using MPilot.Jobs.Engine.Events;

namespace MPilot.Jobs.Api.Feed;

/// <summary>
/// <c>GET /v1/events</c>: what happens to all jobs of a tenant, until the listener leaves or the process ends. Says at once and with every pulse how far it
/// has come, so that whoever comes back misses nothing and need not be shown again what the filter passed over.
/// </summary>
internal sealed class FeedResult(string tenant, FeedCursor begin, FeedFilter filter, JobStreams streams) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (streams.AreOver)
        {
            await new ErrorResult(ErrorCatalog.Stopping()).ExecuteAsync(httpContext);
            return;
        }

        var writer = streams.WriterFor(httpContext);
        var cursor = begin;
        await writer.PulseAsync(cursor.ToString());
        await foreach (var item in streams.FollowTenantAsync(tenant, begin, httpContext.RequestAborted))
        {
            cursor = item is null ? cursor : new(item.Position);
            if (item is null)
            {
                await writer.PulseAsync(cursor.ToString());
            }
            else if (filter.Passes(item.Event))
            {
                await writer.WriteAsync(JobEventBody.Of(item.Job, item.Event).ToFrame(), cursor.ToString());
            }
        }
    }
}
