using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

using MPilot.Jobs.Api.Documentation;

namespace MPilot.Jobs.Api.Files;

/// <summary>The resource <c>/v1/files</c>.</summary>
internal static class FileEndpoints
{
    public static void MapFiles(this IEndpointRouteBuilder routes)
    {
        var files = routes.MapGroup("/v1/files");
        files.MapPost("", (HttpContext http, FileUploading uploading) => uploading.UploadAsync(http)).With(FileDocs.Upload);
        files.MapGet("", (HttpContext http, FileListing listing) => listing.ListAsync(http)).With(FileDocs.List);
        files.MapGet("/{id}", (HttpContext http, string id, FileReading reading) => reading.DescribeAsync(http, id)).With(FileDocs.Get);
        files.MapGet("/{id}/content", (HttpContext http, string id, FileReading reading) => reading.ContentAsync(http, id)).With(FileDocs.Content);
        files.MapDelete("/{id}", (HttpContext http, string id, FileDeleting deleting) => deleting.DeleteAsync(http, id)).With(FileDocs.Delete);
    }
}
