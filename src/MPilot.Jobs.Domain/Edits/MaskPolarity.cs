namespace MPilot.Jobs.Domain.Edits;

/// <summary>Which colour of a mask without alpha marks the area to edit.</summary>
public enum MaskPolarity
{
    /// <summary>White is edited, black is kept.</summary>
    White,

    /// <summary>Black is edited, white is kept.</summary>
    Black,
}
