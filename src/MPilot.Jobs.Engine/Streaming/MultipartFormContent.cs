using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Engine.Streaming;

/// <summary>
/// A multipart/form-data request body: texts first, whatever the order they were added in (some servers refuse files first), then pictures
/// streamed from the store. Its length is known beforehand; no picture is held in memory.
/// </summary>
public sealed class MultipartFormContent : HttpContent
{
    private const int BufferLength = 64 << 10;

    private readonly IDriverIo _io;
    private readonly string _boundary = "mpilot-" + RandomNumberGenerator.GetHexString(32, lowercase: true);
    private readonly List<byte[]> _texts = [];
    private readonly List<(byte[] Head, ArtifactRef Artifact)> _files = [];
    private readonly List<(string Name, string Value)> _parts = [];
    private readonly byte[] _end;

    /// <param name="io">Where the pictures come from.</param>
    public MultipartFormContent(IDriverIo io)
    {
        _io = io;
        _end = Encoding.ASCII.GetBytes($"--{_boundary}--\r\n");
        Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/form-data; boundary={_boundary}");
    }

    /// <summary>True once the first byte of the body may have left: from then on a failure is ambiguous.</summary>
    public bool Started { get; private set; }

    /// <summary>The parts in the order they were added, with notes for the pictures.</summary>
    public IReadOnlyList<(string Name, string Value)> Parts => _parts;

    /// <summary>Adds a text part.</summary>
    public void AddText(string name, string value)
    {
        _texts.Add(Encoding.UTF8.GetBytes($"--{_boundary}\r\nContent-Disposition: form-data; name=\"{Quote(name)}\"\r\n\r\n{value}\r\n"));
        _parts.Add((name, value));
    }

    /// <summary>Adds a picture part.</summary>
    /// <param name="name">The form field.</param>
    /// <param name="fileName">A neutral name; never the caller's own.</param>
    /// <param name="artifact">The bytes, their type and length.</param>
    public void AddPicture(string name, string fileName, ArtifactRef artifact)
    {
        var head = $"--{_boundary}\r\nContent-Disposition: form-data; name=\"{Quote(name)}\"; filename=\"{Quote(fileName)}\"\r\nContent-Type: {artifact.ContentType}\r\n\r\n";
        _files.Add((Encoding.UTF8.GetBytes(head), artifact));
        _parts.Add((name, PictureNote.Of(artifact)));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _texts.Sum(t => (long)t.Length) + _files.Sum(f => f.Head.Length + f.Artifact.Length + 2) + _end.Length;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Started = true;
        foreach (var text in _texts)
        {
            await stream.WriteAsync(text, cancellationToken);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            foreach (var (head, artifact) in _files)
            {
                await stream.WriteAsync(head, cancellationToken);
                await CopyAsync(artifact, stream, buffer, cancellationToken);
                await stream.WriteAsync("\r\n"u8.ToArray(), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        await stream.WriteAsync(_end, cancellationToken);
    }

    private static string Quote(string text)
        => text.Replace("\"", "%22", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private async Task CopyAsync(ArtifactRef artifact, Stream target, byte[] buffer, CancellationToken cancellationToken)
    {
        await using var source = await _io.OpenAsync(artifact, cancellationToken);
        var left = artifact.Length;
        while (left > 0)
        {
            var read = await ReadAsync(source, buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellationToken);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            left -= read;
        }
    }

    /// <summary>Tells a fault of our own storage from a fault of the connection: the HTTP client would show both as its own.</summary>
    private static async ValueTask<int> ReadAsync(Stream source, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            var read = await source.ReadAsync(buffer, cancellationToken);
            return read > 0 ? read : throw new StoreUnavailableException("A stored picture ended early.");
        }
        catch (IOException e)
        {
            throw new StoreUnavailableException("A stored picture cannot be read.", e);
        }
    }
}
