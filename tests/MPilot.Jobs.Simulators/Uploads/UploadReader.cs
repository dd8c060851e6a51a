using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace MPilot.Jobs.Simulators.Uploads;

/// <summary>Reads a multipart form once, holding no file.</summary>
internal static class UploadReader
{
    private const int BufferBytes = 64 * 1024;
    private const int TextBytes = 4 * 1024;
    private const int MaxTextBytes = 256 * 1024;

    /// <exception cref="InvalidDataException">The body is no complete multipart form.</exception>
    public static async Task<Upload> ReadAsync(HttpRequest request, UploadShelf shelf, CancellationToken cancellation)
    {
        var upload = new Upload();
        var reader = new MultipartReader(Boundary(request), request.Body, BufferBytes);
        try
        {
            while (await reader.ReadNextSectionAsync(cancellation) is { } section) await ReadPartAsync(section, upload, shelf, cancellation);
        }
        catch (IOException broken) when (broken is not (BadHttpRequestException or ConnectionResetException))
        {
            throw new InvalidDataException("The form ends early.", broken);
        }
        return upload;
    }

    private static string Boundary(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            throw new InvalidDataException("No multipart form.");
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        return string.IsNullOrEmpty(boundary) ? throw new InvalidDataException("No boundary.") : boundary;
    }

    private static async Task ReadPartAsync(MultipartSection section, Upload upload, UploadShelf shelf, CancellationToken cancellation)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || disposition.Name.Length == 0)
            throw new InvalidDataException("A part has no name.");
        var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
        upload.Order.Add(name);
        if (disposition.IsFileDisposition())
        {
            var fileName = (disposition.FileName.HasValue ? HeaderUtilities.RemoveQuotes(disposition.FileName) : disposition.FileNameStar).Value;
            upload.Files.Add(await FileMeter.MeasureAsync(section.Body, name, fileName, section.ContentType, shelf, cancellation));
        }
        else
        {
            upload.Fields[name] = await ReadTextAsync(section.Body, cancellation);
        }
    }

    private static async Task<string> ReadTextAsync(Stream body, CancellationToken cancellation)
    {
        var text = new PooledBytes(TextBytes);
        try
        {
            while (text.Length < MaxTextBytes && await body.ReadAsync(text.Free, cancellation) is > 0 and var read) text.Add(read);
            return Encoding.UTF8.GetString(text.Written);
        }
        finally
        {
            text.Return();
        }
    }
}
