using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Engine.Files;

namespace MPilot.Jobs.Api.Files;

/// <summary><c>GET /v1/files?after=&amp;limit=&amp;order=&amp;purpose=</c>: the caller's files, newest first.</summary>
internal sealed class FileListing(IFileStore files, TimeProvider time)
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 1000;

    public async Task<IResult> ListAsync(HttpContext http)
    {
        var mistakes = new Mistakes();
        var limit = new QueryReader(http.Request, mistakes).Limit(DefaultLimit, MaxLimit);
        var query = new FileQuery(Caller.Of(http).Tenant, time.GetUtcNow(), limit + 1)
        {
            After = http.Request.Query["after"].ToString() is { Length: > 0 } after ? after : null,
            OldestFirst = IsOldestFirst(http.Request.Query["order"].ToString(), mistakes),
            Purpose = Purpose(http.Request.Query["purpose"].ToString(), mistakes),
        };
        if (mistakes.Any)
        {
            return new ErrorResult(ErrorCatalog.Invalid(mistakes));
        }

        var found = await files.ListAsync(query, http.RequestAborted);
        return Results.Json(Page.Of(found, limit, FileBody.Of, b => b.Id), ApiJson.Wire.PageBodyFileBody);
    }

    private static bool IsOldestFirst(string order, Mistakes mistakes)
    {
        if (order is not ("" or "asc" or "desc"))
        {
            mistakes.Invalid("order", "order must be asc or desc.");
        }

        return order == "asc";
    }

    private static string? Purpose(string purpose, Mistakes mistakes)
        => purpose.Length > 0 && FilePurpose.Check(purpose, mistakes) ? purpose : null;
}
