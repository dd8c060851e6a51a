using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

using MPilot.Jobs.Api.Documentation;

namespace MPilot.Jobs.Api.Feed;

/// <summary>The resource <c>/v1/events</c>.</summary>
internal static class FeedEndpoints
{
    public static void MapFeed(this IEndpointRouteBuilder routes)
        => routes.MapGet("/v1/events", (HttpContext http, FeedReading reading) => reading.FollowAsync(http)).With(FeedDocs.Follow);
}
