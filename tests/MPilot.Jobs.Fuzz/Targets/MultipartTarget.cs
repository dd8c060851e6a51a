using System.Text;

using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Fuzz.Mutations;
using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.Fuzz.Targets;

/// <summary>The reader of multipart forms: never throws, leaves nothing in the store, and reads the same however the body comes.</summary>
internal sealed class MultipartTarget : IFuzzTarget
{
    private static readonly string[] Words =
    [
        "--b", "\r\n--b\r\n", "--b--\r\n", "\r\n\r\n", "\n", "Content-Disposition: form-data; name=\"image\"\r\n", "Content-Disposition: form-data; name=\"mask[]\"; filename=\"\"\r\n", "filename*=UTF-8''x",
        "; name=n", "Content-Type: image/png\r\n", "Content-Type: text/plain\r\n", "\"", "\\\"", "=?utf-8?q?x?=", "fallbacks[0][provider]", "metadata[", "data:image/png;base64,", "https://127.0.0.1/",
    ];

    private static readonly MPilotOptions Options = new();

    private readonly byte[][] _parts =
    [
        Part("Content-Disposition: form-data; name=\"model\"", [.. "openai/gpt-image-2"u8]), Part("Content-Disposition: form-data; name=\"prompt\"", [.. "make it \u00fc"u8]),
        Part("Content-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\nContent-Type: image/png", Png.Gradient(8, 8)), Part("Content-Disposition: form-data; name=n", [.. "2"u8]),
        Part("Content-Type: application/octet-stream\r\nContent-Disposition: form-data; name=\"mask\"; filename*=UTF-8''a%20b", Png.Gradient(8, 8)),
        Part("Content-Disposition: form-data; name=\"image[]\"", Encoding.ASCII.GetBytes(Convert.ToBase64String(Png.Gradient(4, 4)))),
        Part("Content-Disposition: form-data; name=\"images\"", [.. "https://example.com/a.png"u8]), Part("Content-Disposition: form-data; name=\"metadata[k]\"", [.. "v"u8]),
    ];

    public string Name => "multipart";

    public byte[] Next(Random random)
    {
        var parts = _parts.ToList();
        for (var changes = random.Next(4); changes > 0; changes--)
        {
            var at = random.Next(parts.Count);
            parts[at] = random.Next(3) == 0 ? _parts[random.Next(_parts.Length)] : ByteMutation.Change(parts[at], random, Words);
        }

        byte[] body = [.. parts.SelectMany(p => p), .. "--b--\r\n"u8];
        return random.Next(3) == 0 ? ByteMutation.Change(body, random, Words) : body;
    }

    public async Task FeedAsync(byte[] input, Random random)
    {
        var whole = await ReadAsync(new MemoryStream(input, writable: false));
        var pieced = await ReadAsync(new PiecedStream(input, random));
        BrokenInvariantException.Unless(whole == pieced || !IsDelimited(input), $"in pieces it is read otherwise:\n{whole}\n---\n{pieced}");
    }

    /// <summary>Whether every line that begins like a boundary is one. Where it is not, the framework's reader goes by what it has at that moment.</summary>
    private static bool IsDelimited(ReadOnlySpan<byte> body)
    {
        for (var at = body.IndexOf("--b"u8); at >= 0; at = body.IndexOf("--b"u8))
        {
            body = body[(at + 3)..];
            if (!body.StartsWith("\r\n"u8) && !body.StartsWith("--\r\n"u8))
            {
                return false;
            }
        }

        return true;
    }

    private static Task<string> ReadAsync(Stream body)
        => BodyFeeding.FeedAsync((pictures, form) =>
        {
            var request = new DefaultHttpContext().Request;
            (request.ContentType, request.Body) = ("multipart/form-data; boundary=b", body);
            var reader = new MultipartBodyReader(pictures, new(pictures, Options), Options);
            return reader.ReadAsync(form, request, FormShape.Edit, Caller.Keyless, CancellationToken.None);
        });

    private static byte[] Part(string headers, byte[] body) => [.. "--b\r\n"u8, .. Encoding.UTF8.GetBytes(headers), .. "\r\n\r\n"u8, .. body, .. "\r\n"u8];
}
