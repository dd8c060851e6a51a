using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Engine.Imaging;

/// <summary>Edits pixels on this machine, behind the process-wide pixel budget.</summary>
public interface IPictureEditor
{
    /// <summary>Why no pixels can be edited here (such as a missing native library), or <c>null</c> when they can.</summary>
    string? Unavailable { get; }

    /// <summary>Cuts the subject from a plain or smoothly lit backdrop into transparency, with soft edges. The answer is oriented as a person sees the picture.</summary>
    /// <param name="source">Opens the picture's bytes.</param>
    /// <param name="facts">Its header.</param>
    /// <param name="encoding">How to encode the answer; must be able to carry alpha.</param>
    /// <param name="target">Takes the encoded answer.</param>
    /// <exception cref="PictureUndecodableException">The picture's bytes are damaged.</exception>
    Task RemoveBackgroundAsync(
        Func<CancellationToken, ValueTask<Stream>> source, PictureFacts facts, PictureEncoding encoding,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken);
}
