namespace MPilot.Jobs.Domain.Edits;

/// <summary>A rectangle in a picture, in whole pixels from its upper left corner; both sides at least 1.</summary>
public readonly record struct PictureArea(int Left, int Top, int Width, int Height)
{
    /// <summary>The size of the area.</summary>
    public PictureSize Size => new(Width, Height);

    /// <summary>All of a picture.</summary>
    public static PictureArea Whole(PictureSize size) => new(0, 0, size.Width, size.Height);

    /// <summary>The middle of a frame, cut or placed there at a size that fits into it.</summary>
    public static PictureArea Centered(PictureSize size, PictureSize frame)
        => new((frame.Width - size.Width) / 2, (frame.Height - size.Height) / 2, size.Width, size.Height);
}
