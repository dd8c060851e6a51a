using Microsoft.AspNetCore.Http;

namespace MPilot.Jobs.Api.Errors;

/// <summary>Gives unknown paths and wrong methods, which routing answers without a body, the one error body.</summary>
internal sealed class EmptyAnswerMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        await next(http);
        if (http.Response.HasStarted || http.Response.ContentLength is > 0)
        {
            return;
        }

        var error = http.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => ErrorCatalog.NotFound("There is nothing at this path."),
            StatusCodes.Status405MethodNotAllowed => ErrorCatalog.MethodNotAllowed(),
            >= 400 and var status => ErrorCatalog.Unreadable(status),
            _ => null,
        };
        if (error is not null)
        {
            await new ErrorResult(error).ExecuteAsync(http);
        }
    }
}
