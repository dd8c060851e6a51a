using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Engine.Files;

namespace MPilot.Jobs.Api.Files;

/// <summary><c>DELETE /v1/files/{id}</c>. Jobs that use its picture are not disturbed.</summary>
internal sealed class FileDeleting(IFileStore files, TimeProvider time)
{
    public async Task<IResult> DeleteAsync(HttpContext http, string id)
        => await files.DeleteAsync(Caller.Of(http).Tenant, id, time.GetUtcNow(), http.RequestAborted)
            ? Results.Json(new FileDeletedBody(id), ApiJson.Wire.FileDeletedBody)
            : FileReading.NoSuchFile();
}
