using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;

namespace MPilot.Jobs.Engine.Imaging;

/// <summary>What is to be made of a picture that a provider delivered.</summary>
public sealed record Finishing
{
    /// <summary>How to encode it; <c>null</c>: as it was delivered.</summary>
    public PictureEncoding? Encoding { get; init; }

    /// <summary>The wanted size where there is no <see cref="Layout"/>; <c>null</c>: as it was delivered.</summary>
    public PictureSize? Size { get; init; }

    /// <summary>How it becomes a picture of <see cref="Size"/>.</summary>
    public AnswerFit Fit { get; init; }

    /// <summary>Where the answer and the source are in the delivered picture, whatever size that came in.</summary>
    public Layout? Layout { get; init; }

    /// <summary>The source to put back, and where not: out = E·delivered + (255 − E)·source, by pixel. Needs a <see cref="Layout"/>;
    /// what had to be invented around the source has E = 255.</summary>
    public EditArea? PutBack { get; init; }
}
