using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Engine.Streaming;

/// <summary>What a reading of JSON spills, and how much it takes.</summary>
/// <param name="Begin">Starts the upload of a picture at some place. What it throws, and what the uploads throw, passes through.</param>
public sealed record SpillRules(Func<JsonPlace, CancellationToken, ValueTask<PictureUpload>> Begin)
{
    /// <summary>At which places long strings are pictures; elsewhere they are texts and stay. <c>null</c>: everywhere, and places are not looked for.</summary>
    public Func<JsonPlace, bool>? IsPicture { get; init; }

    /// <summary>Longest body without its pictures, in bytes.</summary>
    public int MaxResidue { get; init; } = JsonSpill.MaxResidue;

    /// <summary>Largest picture, decoded, in bytes.</summary>
    public long MaxPicture { get; init; } = JsonSpill.MaxPicture;

    /// <summary>Longest body, in bytes.</summary>
    public long MaxTotal { get; init; } = JsonSpill.MaxAnswer;

    /// <summary>Most long strings that are pictures.</summary>
    public int MaxPictures { get; init; } = JsonSpill.MaxPictures;
}
