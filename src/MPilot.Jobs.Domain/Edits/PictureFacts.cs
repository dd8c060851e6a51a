using System.Text.Json.Serialization;

namespace MPilot.Jobs.Domain.Edits;

/// <summary>What the header of a picture says, read without decoding it.</summary>
/// <param name="Format">From magic bytes, never from a declared type.</param>
/// <param name="Stored">Size as stored, before orientation is applied, in pixels.</param>
/// <param name="Frames">1 for a still picture.</param>
/// <param name="HasAlpha">Whether the encoding carries an alpha channel (or a transparent colour).</param>
/// <param name="Orientation">EXIF orientation, 1..8; 1 where there is none.</param>
public sealed record PictureFacts(PictureFormat Format, PictureSize Stored, int Frames, bool HasAlpha, int Orientation)
{
    /// <summary>What the file carries besides; states stored before this was looked for say nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public PictureMetadata Metadata { get; init; }

    /// <summary>Size as a person sees it: sides swapped for orientations 5..8.</summary>
    public PictureSize Oriented => Orientation >= 5 ? new(Stored.Height, Stored.Width) : Stored;

    /// <summary>The media type, such as <c>image/png</c>.</summary>
    public string ContentType => Format switch
    {
        PictureFormat.Png => "image/png",
        PictureFormat.Jpeg => "image/jpeg",
        _ => "image/webp",
    };

    /// <summary>The value <c>output_format</c> uses for this encoding: <c>png</c>, <c>jpeg</c> or <c>webp</c>.</summary>
    public string FormatName => Format switch
    {
        PictureFormat.Png => "png",
        PictureFormat.Jpeg => "jpeg",
        _ => "webp",
    };
}
