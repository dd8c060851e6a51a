using System.Globalization;
using System.Text.Json;

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Engine;

namespace MPilot.Jobs.Api.Errors;

/// <summary>Answers with an error: status, headers and the one body.</summary>
internal sealed class ErrorResult(ApiError error, ErrorExtraBody? extra = null) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var eventId = httpContext.RequestServices.GetRequiredService<Ids>().NewEvent();
        var body = ErrorBody.Of(error, eventId, extra ?? new());
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Wire.ErrorBody);

        var response = httpContext.Response;
        response.StatusCode = error.Status;
        response.ContentType = "application/json";
        response.ContentLength = bytes.Length;
        if (error.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        if (error.ShouldRetry is { } retry)
        {
            response.Headers[ApiHeaders.ShouldRetry] = retry ? "true" : "false";
        }

        if (error.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
