namespace MPilot.Jobs.Domain.Edits;

/// <summary>The picture encodings the service reads.</summary>
public enum PictureFormat
{
    Png,
    Jpeg,
    Webp,
}
