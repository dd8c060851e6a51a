using System.Net;

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Api.Security;

/// <summary>
/// Guards a service without keys, which trusts everyone who reaches it: a web page in the operator's browser must not spend the operator's money.
/// Clients that are no browsers send none of the headers looked at, but a loopback <c>Host</c>.
/// </summary>
internal sealed class LoopbackGuard(RequestDelegate next, MPilotOptions options)
{
    /// <summary>The one path that every prober may ask.</summary>
    private static readonly PathString Exempt = "/health/live";

    private readonly HashSet<string> _allowed = new(options.Http.AllowedOrigins.Select(o => o.TrimEnd('/')), StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext http)
    {
        var isExempt = http.Request.Path.Equals(Exempt, StringComparison.OrdinalIgnoreCase);
        return !isExempt && Refusal(http.Request) is { } refusal ? new ErrorResult(refusal).ExecuteAsync(http) : next(http);
    }

    private ApiError? Refusal(HttpRequest request)
    {
        if (!IsLoopback(request.Host.Host))
        {
            return ErrorCatalog.HostNotAllowed();
        }

        var origin = request.Headers.Origin;
        if (origin.Count > 0)
        {
            return IsAllowed(origin, request) ? null : ErrorCatalog.OriginNotAllowed();
        }

        var site = request.Headers[ApiHeaders.FetchSite];
        return site.Count == 0 || site.ToString() is "none" or "same-origin" ? null : ErrorCatalog.OriginNotAllowed();
    }

    private bool IsAllowed(StringValues origin, HttpRequest request)
    {
        var text = origin.ToString();
        if (_allowed.Contains(text))
        {
            return true;
        }

        var isOwn = text.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
        var site = request.Headers[ApiHeaders.FetchSite];
        return isOwn && (site.Count == 0 || site.ToString() is "none" or "same-origin");
    }

    private static bool IsLoopback(string host)
        => host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
