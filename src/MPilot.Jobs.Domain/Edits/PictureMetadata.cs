namespace MPilot.Jobs.Domain.Edits;

/// <summary>What a picture's file carries besides its pixels.</summary>
[Flags]
public enum PictureMetadata
{
    None = 0,

    /// <summary>EXIF, XMP, IPTC, comments, texts, time stamps: may say who, where and with what.</summary>
    Private = 1,

    /// <summary>An ICC profile: the pixels mean nothing exact without it.</summary>
    Colour = 2,

    /// <summary>A C2PA manifest. Any change to the file invalidates it.</summary>
    Provenance = 4,
}
