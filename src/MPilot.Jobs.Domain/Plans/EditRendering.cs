using System.Collections.Immutable;

using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Domain.Plans;

/// <summary>The pixels that have to be drawn around a call: sources and mask before it, the answer after it.</summary>
public sealed record EditRendering
{
    /// <summary>How each source goes out, in order.</summary>
    public required ImmutableArray<SourceTreatment> Sources { get; init; }

    /// <summary>The encoding of drawn sources.</summary>
    public PictureFormat SourceFormat { get; init; }

    /// <summary>Where the first source is in what is sent and answered; <c>null</c> where the provider may do as it likes.</summary>
    public Layout? Layout { get; init; }

    /// <summary>The form in which the mask is drawn; <c>null</c>: it goes out as it is, or there is none.</summary>
    public MaskForm? Mask { get; init; }

    /// <summary>Whether what the mask keeps, or what is not invented, is put back from the source.</summary>
    public bool PutsBack { get; init; }

    /// <summary>The size the answer is brought to where there is no layout; <c>null</c>: as delivered.</summary>
    public PictureSize? Size { get; init; }

    /// <summary>How the answer is brought to <see cref="Size"/>.</summary>
    public AnswerFit Fit { get; init; }

    /// <summary>The encoding the answer is brought to; <c>null</c>: as delivered.</summary>
    public PictureFormat? Format { get; init; }

    /// <summary>0..100 for lossy encodings that the service makes; <c>null</c>: its default.</summary>
    public int? Compression { get; init; }

    /// <summary>Whether anything of a call's request is drawn.</summary>
    public bool DrawsRequest => Mask is not null || Sources.Contains(SourceTreatment.Draw);

    /// <summary>Whether every answer is drawn anew.</summary>
    public bool DrawsAnswer => Layout is not null || Size is not null || Format is not null;
}
