using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

using MPilot.Jobs.Api.Artifacts;
using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Files;

namespace MPilot.Jobs.Api.Files;

/// <summary>Reads files: what they are, and their bytes.</summary>
internal sealed class FileReading(IFileStore files, IArtifactStore artifacts, TimeProvider time)
{
    /// <summary>The answer for files that are not there: unknown, another's, expired.</summary>
    public static readonly ApiError Gone = ErrorCatalog.NotFound("There is no such file.");

    /// <summary><c>GET /v1/files/{id}</c>.</summary>
    public async Task<IResult> DescribeAsync(HttpContext http, string id)
        => await FindAsync(http, id) is { } file ? Results.Json(FileBody.Of(file), ApiJson.Wire.FileBody) : NoSuchFile();

    /// <summary><c>GET /v1/files/{id}/content</c>.</summary>
    public async Task<IResult> ContentAsync(HttpContext http, string id)
    {
        if (await FindAsync(http, id) is not { } file)
        {
            return NoSuchFile();
        }

        var artifact = file.Picture.Artifact;
        try
        {
            var bytes = await artifacts.OpenReadAsync(artifact.Id, http.RequestAborted);
            PictureHeaders.Set(http.Response, FileBody.NameOf(file), "private, no-store");
            var tag = new EntityTagHeaderValue($"\"{artifact.Sha256}\"");
            return Results.Stream(bytes, artifact.ContentType, entityTag: tag, enableRangeProcessing: true);
        }
        catch (ArtifactGoneException)
        {
            return NoSuchFile();
        }
    }

    public static ErrorResult NoSuchFile() => new(Gone);

    private Task<StoredFile?> FindAsync(HttpContext http, string id)
        => files.FindAsync(Caller.Of(http).Tenant, id, time.GetUtcNow(), http.RequestAborted);
}
