namespace MPilot.Jobs.Engine.Streaming;

/// <summary>Why a JSON body was not read to its end.</summary>
public enum SpillFlaw
{
    /// <summary>It is no JSON.</summary>
    NotJson,

    /// <summary>A text or a name in it is no Unicode.</summary>
    NotUnicode,

    /// <summary>All of it is too long.</summary>
    TooLong,

    /// <summary>What is left without its pictures is too long.</summary>
    ResidueTooLong,

    /// <summary>It has too many pictures.</summary>
    TooManyPictures,

    /// <summary>One of its pictures is too large.</summary>
    PictureTooLarge,
}
