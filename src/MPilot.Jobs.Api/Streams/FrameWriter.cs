using System.Buffers;
using System.Text;

using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Api.Streams;

/// <summary>Writes server-sent events. Pictures stream from the store into the one data line.</summary>
internal sealed class FrameWriter(HttpResponse response, Pictures pictures, CancellationToken cancellationToken)
{
    private static readonly ReadOnlyMemory<byte> LineEnd = "\n"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> End = "\n\n"u8.ToArray();

    /// <summary>Whether the headers have left, so that errors can no longer be an ordinary status.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>A comment, so that nobody in between takes the connection for dead.</summary>
    /// <param name="id">Where to resume from now on, for streams that pass events over; no event comes of it.</param>
    public async Task PulseAsync(string? id = null)
    {
        Begin();
        Write(": still working\n");
        WriteId(id);
        await response.BodyWriter.WriteAsync(LineEnd, cancellationToken);
    }

    /// <summary>One event.</summary>
    /// <param name="frame">Its JSON.</param>
    /// <param name="id">Its id, for streams that can be resumed.</param>
    public async Task WriteAsync(Frame frame, string? id)
    {
        await using var picture = await OpenAsync(frame);
        Begin();
        var json = picture is null && frame.Gap is not null ? frame.Expired() : frame;
        Write($"event: {json.Name}\n");
        WriteId(id);
        Write("data: ");
        await WriteAsync(json, picture);
        await response.BodyWriter.WriteAsync(End, cancellationToken);
    }

    private async Task WriteAsync(Frame frame, Stream? picture)
    {
        if (picture is null || frame.Gap is not { } gap)
        {
            response.BodyWriter.Write(frame.Json.Span);
            return;
        }

        response.BodyWriter.Write(frame.Json.Span[..gap.Position]);
        await Base64Copy.WriteAsync(picture, response.BodyWriter, cancellationToken);
        response.BodyWriter.Write(frame.Json.Span[gap.Position..]);
    }

    private void WriteId(string? id)
    {
        if (id is not null)
        {
            Write($"id: {id}\n");
        }
    }

    private void Write(string text) => response.BodyWriter.Write(Encoding.UTF8.GetBytes(text));

    private async Task<Stream?> OpenAsync(Frame frame)
    {
        try
        {
            return frame.Gap is { } gap ? await pictures.OpenAsync(gap.Artifact, cancellationToken) : null;
        }
        catch (ArtifactGoneException)
        {
            return null;
        }
    }

    private void Begin()
    {
        if (HasBegun)
        {
            return;
        }

        HasBegun = true;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-transform";
        response.Headers["X-Accel-Buffering"] = "no";
    }
}
