using Microsoft.AspNetCore.Http;

namespace MPilot.Jobs.Api.Artifacts;

/// <summary>The headers every served picture has: whatever its bytes are to a browser, they stay a picture and run nothing.</summary>
internal static class PictureHeaders
{
    public static void Set(HttpResponse response, string fileName, string cacheControl)
    {
        var headers = response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = cacheControl;
        headers.ContentDisposition = $"inline; filename=\"{fileName}\"";
    }
}
