using System.Buffers;
using System.Globalization;
using System.Text;

using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Api.Streams;

/// <summary>Writes server-sent events. Pictures stream from the store into the one data line.</summary>
internal sealed class FrameWriter(HttpResponse response, Pictures pictures, CancellationToken cancellationToken)
{
    private static readonly ReadOnlyMemory<byte> Pulse = ": still working\n\n"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> End = "\n\n"u8.ToArray();

    /// <summary>Whether the headers have left, so that errors can no longer be an ordinary status.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>A comment, so that nobody in between takes the connection for dead.</summary>
    public async Task PulseAsync()
    {
        Begin();
        await response.BodyWriter.WriteAsync(Pulse, cancellationToken);
    }

    /// <summary>One event.</summary>
    /// <param name="frame">Its JSON.</param>
    /// <param name="id">Its id, for streams that can be resumed.</param>
    public async Task WriteAsync(Frame frame, long? id)
    {
        await using var picture = await OpenAsync(frame);
        Begin();
        var json = picture is null && frame.Gap is not null ? frame.Expired() : frame;
        var head = new StringBuilder();
        head.Append("event: ").Append(json.Name).Append('\n');
        if (id is { } number)
        {
            head.Append("id: ").Append(number.ToString(CultureInfo.InvariantCulture)).Append('\n');
        }

        response.BodyWriter.Write(Encoding.UTF8.GetBytes(head.Append("data: ").ToString()));
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
