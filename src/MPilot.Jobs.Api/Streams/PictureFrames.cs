using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Jobs;
using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Api.Streams;

/// <summary>
/// Draws the <c>image_edit.*</c> events. They depend on the stored event and on what was fixed when the job was accepted, never on where the
/// job stands: an event read again is the same to the byte.
/// </summary>
internal static class PictureFrames
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The frame of an event, or <c>null</c> for one that is not about a picture.</summary>
    /// <param name="job">Whose event it is.</param>
    /// <param name="item">The event.</param>
    /// <param name="link">Makes a link in place of base64; <c>null</c> for base64.</param>
    public static Frame? Of(StreamedJob job, JobEvent item, PictureLink? link) => item switch
    {
        JobEvent.PicturePreviewed preview => Picture("image_edit.partial_image", job, preview, preview.Attempt, preview.Picture, preview.Frame, link, json =>
            json.WriteNumber("partial_image_index", preview.Index)),
        JobEvent.PictureCompleted completed => Picture("image_edit.completed", job, completed, completed.Attempt, completed.Picture, completed.Frame, link, json =>
        {
            json.WritePropertyName("usage");
            JsonSerializer.Serialize(json, UsageBody.Of(Counted(completed.Frame.Usage)), ApiJson.Wire.UsageBody);
        }),
        JobEvent.PictureFailed failed => Failed(job, failed),
        _ => null,
    };

    /// <summary>Clients require every count, also where nobody counted.</summary>
    private static Usage Counted(Usage? usage) => new(
        usage?.InputTokens ?? 0, usage?.InputImageTokens ?? 0, usage?.InputTextTokens ?? 0,
        usage?.OutputTokens ?? 0, usage?.OutputImageTokens ?? 0, usage?.OutputTextTokens ?? 0, usage?.TotalTokens ?? 0);

    private static Frame Picture(
        string name, StreamedJob job, JobEvent item, int attempt, DeliveredPicture picture, FrameFacts facts, PictureLink? link,
        Action<Utf8JsonWriter> rest)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, Writing);
        json.WriteStartObject();
        json.WriteString("type", name);
        var gap = Bytes(json, picture, link, item.At);
        json.WriteNumber("created_at", item.At.ToUnixTimeSeconds());
        json.WriteString("size", picture.Facts.Oriented.ToString());
        json.WriteString("quality", facts.Quality ?? "auto");
        json.WriteString("background", facts.Background ?? (picture.Facts.HasAlpha ? "transparent" : "opaque"));
        json.WriteString("output_format", picture.Facts.FormatName);
        rest(json);
        json.WriteNumber("image_index", picture.Slot);
        json.WriteNumber("sequence_number", item.Sequence);
        json.WriteString("id", job.Id);
        json.WritePropertyName("extra_fields");
        var extra = new FrameExtraBody(
            "image_edit_stream", facts.Provider, job.ModelRequested, (long)(item.At - job.CreatedAt).TotalMilliseconds, facts.Chunk, attempt);
        JsonSerializer.Serialize(json, extra, ApiJson.Wire.FrameExtraBody);
        json.WriteEndObject();
        json.Flush();
        return new(name, buffer.WrittenMemory, gap);
    }

    private static AnswerGap? Bytes(Utf8JsonWriter json, DeliveredPicture picture, PictureLink? link, DateTimeOffset cameAt)
    {
        if (link is not null)
        {
            WriteLink(json, link(picture, cameAt));
            return null;
        }

        json.WriteString("b64_json", "");
        return new((int)(json.BytesCommitted + json.BytesPending) - 1, picture.Artifact);
    }

    private static void WriteLink(Utf8JsonWriter json, Uri? link)
    {
        if (link is null)
        {
            json.WriteBoolean(Frame.ExpiredName, true);
        }
        else
        {
            json.WriteString("url", link.AbsoluteUri);
        }
    }

    private static Frame Failed(StreamedJob job, JobEvent.PictureFailed failed)
    {
        const string Name = "image_edit.failed";
        var body = new PictureFailedBody(Name, failed.Slot, WireNames.Of(failed.Failure), failed.At.ToUnixTimeSeconds(), failed.Sequence, job.Id);
        return new(Name, JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Wire.PictureFailedBody), null);
    }
}
