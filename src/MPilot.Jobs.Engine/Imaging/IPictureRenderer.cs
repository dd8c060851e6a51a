using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Engine.Imaging;

/// <summary>
/// Draws what providers are sent and finishes what they deliver, behind the process-wide pixel budget. A mask belongs to the first source and has
/// its size, as a person sees it or else as stored; one that has only the stored size is turned with it.
/// </summary>
public interface IPictureRenderer
{
    /// <summary>Why no pixels can be drawn here (such as a missing native library), or <c>null</c> when they can.</summary>
    string? Unavailable { get; }

    /// <summary>How strong an area is. Decodes it.</summary>
    /// <exception cref="PictureUndecodableException">The bytes are damaged.</exception>
    Task<StrengthRange> MeasureAsync(EditArea area, CancellationToken cancellationToken);

    /// <summary>Draws a source.</summary>
    /// <exception cref="PictureUndecodableException">The bytes are damaged.</exception>
    Task RenderSourceAsync(
        PictureInput source, SourceRendering rendering, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken);

    /// <summary>Draws a mask.</summary>
    /// <exception cref="PictureUndecodableException">The bytes are damaged.</exception>
    /// <exception cref="EditImpossibleException">The mask is of another size than its source.</exception>
    Task RenderMaskAsync(MaskRendering rendering, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken);

    /// <summary>Makes the answer of a delivered picture.</summary>
    /// <returns>What the provider changed where it should not have, if the source was put back.</returns>
    /// <exception cref="PictureUndecodableException">The delivered picture or the source is damaged.</exception>
    Task<MaskDrift?> FinishAsync(
        PictureInput delivered, Finishing finishing, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken);

    /// <summary>Copies a picture without its private metadata and its provenance, pixels and colour profile untouched. Decodes nothing and works everywhere.</summary>
    /// <exception cref="PictureUndecodableException">The file's structure is damaged.</exception>
    Task StripAsync(PictureInput picture, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken);
}
