namespace MPilot.Jobs.Domain.Edits;

/// <summary>The kind of edit a caller names in <c>type</c>. A plain prompt edit names none.</summary>
public enum EditType
{
    /// <summary>Repaint the masked area.</summary>
    Inpainting,

    /// <summary>Extend the canvas beyond the picture.</summary>
    Outpainting,

    /// <summary>Cut the subject out; the only type that needs no prompt.</summary>
    BackgroundRemoval,
}
