using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Engine.Imaging;

/// <summary>Edits pixels on this machine, behind the process-wide pixel budget.</summary>
public interface IPictureEditor
{
    /// <summary>Why no pixels can be edited here (such as a missing native library), or <c>null</c> when they can.</summary>
    string? Unavailable { get; }

    /// <summary>Cuts the subject from a plain or smoothly lit backdrop into transparency, with soft edges. Hard shadows and
    /// reflections stay with the subject, and a subject of the backdrop's colour loses that part. A picture in which nothing differs from the backdrop
    /// stays whole. The answer is oriented as a person sees the picture.</summary>
    /// <param name="source">Opens the picture's bytes.</param>
    /// <param name="facts">Its header.</param>
    /// <param name="encoding">How to encode the answer; must be able to carry alpha.</param>
    /// <param name="target">Takes the encoded answer.</param>
    /// <exception cref="PictureUndecodableException">The picture's bytes are damaged.</exception>
    /// <exception cref="EditImpossibleException">The background is not plain enough to tell a subject from it.</exception>
    Task RemoveBackgroundAsync(
        Func<CancellationToken, ValueTask<Stream>> source, PictureFacts facts, PictureEncoding encoding,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken);

    /// <summary>Fills the masked area from its surroundings, by the strength of the mask. What the mask keeps is not changed; what is filled becomes opaque.
    /// The answer is oriented as a person sees the picture. The same pictures give the same answer.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="mask">Where to fill it.</param>
    /// <param name="encoding">How to encode the answer; jpeg only for a picture without alpha.</param>
    /// <param name="target">Takes the encoded answer.</param>
    /// <exception cref="PictureUndecodableException">The bytes of the picture or of the mask are damaged.</exception>
    /// <exception cref="EditImpossibleException">The mask is of another size, or marks nothing, or leaves nothing to fill from.</exception>
    Task InpaintAsync(
        PictureInput source, MaskInput mask, PictureEncoding encoding,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken);

    /// <summary>Puts the picture into the middle of a larger canvas and fills the rest from it. A picture that does not fit is scaled down first;
    /// otherwise its pixels are not changed. The answer is oriented as a person sees the picture.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="size">Of the canvas, and so of the answer.</param>
    /// <param name="encoding">How to encode the answer; jpeg only for a picture without alpha.</param>
    /// <param name="target">Takes the encoded answer.</param>
    /// <exception cref="PictureUndecodableException">The picture's bytes are damaged.</exception>
    /// <exception cref="EditImpossibleException">The picture shows nothing to fill from.</exception>
    Task OutpaintAsync(
        PictureInput source, PictureSize size, PictureEncoding encoding,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken);
}
