using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Api.Streams;
using MPilot.Jobs.Engine.Events;

namespace MPilot.Jobs.Api.Feed;

/// <summary>Reads what a listener of a tenant's events asks for.</summary>
internal sealed class FeedReading(JobStreams streams)
{
    public const string After = "after";
    public const string Events = "events";

    /// <summary><c>GET /v1/events?after=&amp;events=</c>. A listener that comes back by itself has the same query as before: its <c>Last-Event-ID</c> counts.</summary>
    public async Task<IResult> FollowAsync(HttpContext http)
    {
        var mistakes = new Mistakes();
        var query = new QueryReader(http.Request, mistakes);
        var asked = Cursor(After, query.Text(After), mistakes);
        var last = Cursor(ApiHeaders.LastEventId, http.Request.Headers[ApiHeaders.LastEventId].ToString(), mistakes);
        var filter = new FeedFilter(query.Choices(Events, FeedFilter.Names));
        return mistakes.Any
            ? new ErrorResult(ErrorCatalog.Invalid(mistakes))
            : new FeedResult(Caller.Of(http).Tenant, await streams.BeginAsync(last ?? asked, http.RequestAborted), filter, streams);
    }

    private static FeedCursor? Cursor(string name, string? text, Mistakes mistakes)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (FeedCursor.TryParse(text, out var cursor))
        {
            return cursor;
        }

        mistakes.Invalid(name, $"{name} must be an id of this stream.");
        return null;
    }
}
