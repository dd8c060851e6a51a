using System.Text.Json;

using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Json;

namespace MPilot.Jobs.Api.Jobs;

/// <summary>Answers with a job's snapshot.</summary>
internal sealed class SnapshotResult(JobBody body, int status) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Wire.JobBody);
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "application/json";
        httpContext.Response.ContentLength = bytes.Length;
        await httpContext.Response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
