using System.Globalization;
using System.Text;

using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.EndToEnd.Tests.Hostile;

/// <summary>Writes requests byte for byte, so that each of them can be told to lie.</summary>
internal sealed class RequestWriter(Uri address)
{
    public const string FormType = "multipart/form-data; boundary=b";

    private const string Edits = "/v1/images/edits";

    /// <summary>A small picture with nothing wrong.</summary>
    public static byte[] Picture { get; } = Png.Gradient(16, 16);

    /// <summary>The parts of a form with nothing wrong.</summary>
    public static byte[][] Good { get; } = [Text("model", "openai/gpt-image-2"), Text("prompt", "p"), File("image", Picture)];

    public static byte[] Text(string name, string value) => Part($"Content-Disposition: form-data; name=\"{name}\"", Encoding.UTF8.GetBytes(value));

    public static byte[] File(string name, byte[] bytes)
        => Part($"Content-Disposition: form-data; name=\"{name}\"; filename=\"a.png\"\r\nContent-Type: image/png", bytes);

    public static byte[] Part(string headers, byte[] body) => [.. "--b\r\n"u8, .. Encoding.UTF8.GetBytes(headers), .. "\r\n\r\n"u8, .. body, .. "\r\n"u8];

    /// <summary>An edit of those parts.</summary>
    public byte[] Form(params IEnumerable<byte[]> parts) => Post(FormType, [.. parts.SelectMany(p => p), .. "--b--\r\n"u8]);

    /// <summary>An edit with one field more than is good for it.</summary>
    public byte[] FormWith(params byte[][] more) => Form([.. Good, .. more]);

    /// <summary>An edit in JSON.</summary>
    public byte[] Json(string body) => Post("application/json", Encoding.UTF8.GetBytes(body));

    /// <summary>An edit of any bytes.</summary>
    public byte[] Post(string contentType, byte[] body, params string[] headers)
        => Request($"POST {Edits} HTTP/1.1", [$"Content-Type: {contentType}", string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}"), .. headers], body);

    /// <summary>A request for any path.</summary>
    public byte[] Get(string target, params string[] headers) => Request($"GET {target} HTTP/1.1", headers, []);

    /// <summary>A request with a head of one's own, its host set right.</summary>
    public byte[] Request(string line, string[] headers, byte[] body) => Bare(line, [$"Host: {address.Authority}", .. headers], body);

    /// <summary>A request of which nothing is set right.</summary>
    public static byte[] Bare(string line, string[] headers, byte[] body)
        => [.. Encoding.Latin1.GetBytes($"{line}\r\n{string.Concat(headers.Select(h => h + "\r\n"))}Connection: close\r\n\r\n"), .. body];
}
