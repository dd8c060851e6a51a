namespace MPilot.Jobs.Domain.Plans;

/// <summary>How a provider wants a mask drawn. E is the edit strength of a pixel: 0 is kept, 255 is repainted.</summary>
public enum MaskForm
{
    /// <summary>As the caller gave it.</summary>
    Given,

    /// <summary>An RGBA png: alpha = 255 − E, colours 0.</summary>
    Alpha,

    /// <summary>A grey png without alpha: E.</summary>
    White,

    /// <summary>A grey png without alpha: 255 where E ≥ 128, else 0.</summary>
    WhiteHard,

    /// <summary>A grey png without alpha: 255 − E.</summary>
    Black,

    /// <summary>A grey png without alpha: 0 where E ≥ 128, else 255.</summary>
    BlackHard,

    /// <summary>No picture of its own: alpha = 255 − E in the first source.</summary>
    SourceAlpha,
}
