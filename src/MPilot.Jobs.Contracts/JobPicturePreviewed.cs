namespace MPilot.Jobs.Contracts;

/// <summary>A preview of a picture came.</summary>
public sealed record JobPicturePreviewed : JobEvent
{
    /// <summary>The <see cref="JobEvent.Type"/> of these.</summary>
    public const string TypeName = "image_edit.partial_image";

    public JobPicturePreviewed() => Type = TypeName;

    /// <summary>The number of the call it came from.</summary>
    public int Attempt { get; init; }

    /// <summary>Which of the wanted pictures, from 0.</summary>
    public int ImageIndex { get; init; }

    /// <summary>Counts the previews of this picture, from 0.</summary>
    public int PartialImageIndex { get; init; }

    /// <summary>The preview.</summary>
    public PictureLink? Picture { get; init; }
}
