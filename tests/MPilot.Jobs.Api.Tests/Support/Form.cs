using System.Text;

namespace MPilot.Jobs.Api.Tests.Support;

/// <summary>Writes multipart forms byte by byte.</summary>
internal sealed class Form(string boundary = "----test-boundary")
{
    private readonly List<byte> _bytes = [];

    public string Boundary => boundary;

    public string ContentType => $"multipart/form-data; boundary=\"{boundary}\"";

    /// <summary>The smallest form that is right.</summary>
    public static Form Minimal(string model = "gpt-image-2") => new Form().Text("model", model).Text("prompt", "make it blue").Picture("image", Png.Of());

    public Form Text(string name, string value) => Part($"Content-Disposition: form-data; name=\"{name}\"", Encoding.UTF8.GetBytes(value));

    public Form Picture(string name, byte[] bytes) => Part($"Content-Disposition: form-data; name=\"{name}\"; filename=\"a.png\"\r\nContent-Type: image/png", bytes);

    public Form Part(string headers, byte[] body)
    {
        Write($"--{boundary}\r\n{headers}\r\n\r\n");
        _bytes.AddRange(body);
        Write("\r\n");
        return this;
    }

    /// <summary>The form up to here, closed.</summary>
    public byte[] ToBytes() => [.. Unfinished(), .. Encoding.ASCII.GetBytes($"--{boundary}--\r\n")];

    /// <summary>The form up to here, its end missing.</summary>
    public byte[] Unfinished() => _bytes.ToArray();

    private void Write(string text) => _bytes.AddRange(Encoding.UTF8.GetBytes(text));
}
