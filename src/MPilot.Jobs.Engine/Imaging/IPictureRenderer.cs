using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Engine.Imaging;

/// <summary>
/// Draws what providers are sent and finishes what they deliver, behind the process-wide pixel budget. A mask belongs to the first source and has
/// its size, as a person sees it or else as stored; one that has only the stored size is turned with it. Whatever is drawn is upright, in sRGB
/// (the profiles of what it is drawn from are applied) and free of metadata.
/// </summary>
public interface IPictureRenderer
{
    /// <summary>Why no pixels can be drawn here (such as a missing native library), or <c>null</c> when they can.</summary>
    string? Unavailable { get; }

    /// <summary>How strong an area is. Decodes it.</summary>
    /// <exception cref="PictureUndecodableException">The bytes are damaged.</exception>
    /// <exception cref="EditImpossibleException">The mask is of another size than its source.</exception>
    Task<StrengthRange> MeasureAsync(EditArea area, CancellationToken cancellationToken);

    /// <summary>Draws a source. For jpeg, transparency is laid on white.</summary>
    /// <exception cref="PictureUndecodableException">The bytes are damaged.</exception>
    /// <exception cref="EditImpossibleException">The mask of the area that becomes transparent is of another size than its source.</exception>
    Task RenderSourceAsync(
        PictureInput source, SourceRendering rendering, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken);

    /// <summary>Draws a mask.</summary>
    /// <exception cref="PictureUndecodableException">The bytes are damaged.</exception>
    /// <exception cref="EditImpossibleException">The mask is of another size than its source.</exception>
    Task RenderMaskAsync(MaskRendering rendering, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken);

    /// <summary>Makes the answer of a delivered picture. For jpeg, transparency is laid on white. A webp answer without a stated quality is lossless
    /// where a png source is put back: what the mask keeps is not to change.</summary>
    /// <returns>What the provider changed where it should not have, if the source was put back.</returns>
    /// <exception cref="PictureUndecodableException">The delivered picture, the source or the mask is damaged.</exception>
    /// <exception cref="EditImpossibleException">The mask is of another size than its source.</exception>
    Task<MaskDrift?> FinishAsync(
        PictureInput delivered, Finishing finishing, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken);

    /// <summary>Copies a picture without its private metadata, its provenance and whatever follows its end; pixels, colour profile and orientation stay
    /// what they were. Decodes nothing, holds a bounded number of bytes and works everywhere. May open the picture twice.</summary>
    /// <exception cref="PictureUndecodableException">The file's structure is damaged.</exception>
    Task StripAsync(PictureInput picture, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken);
}
