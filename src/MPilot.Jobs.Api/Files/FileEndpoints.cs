using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MPilot.Jobs.Api.Files;

/// <summary>The resource <c>/v1/files</c>.</summary>
internal static class FileEndpoints
{
    public static void MapFiles(this IEndpointRouteBuilder routes)
    {
        var files = routes.MapGroup("/v1/files");
        files.MapPost("", (HttpContext http, FileUploading uploading) => uploading.UploadAsync(http));
        files.MapGet("", (HttpContext http, FileListing listing) => listing.ListAsync(http));
        files.MapGet("/{id}", (HttpContext http, string id, FileReading reading) => reading.DescribeAsync(http, id));
        files.MapGet("/{id}/content", (HttpContext http, string id, FileReading reading) => reading.ContentAsync(http, id));
        files.MapDelete("/{id}", (HttpContext http, string id, FileDeleting deleting) => deleting.DeleteAsync(http, id));
    }
}
