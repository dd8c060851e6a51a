using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Engine.Imaging;

/// <summary>How a picture is to be encoded.</summary>
/// <param name="Format">The encoding.</param>
/// <param name="Quality">0..100 for lossy encodings; <c>null</c> for the encoder's default.</param>
public sealed record PictureEncoding(PictureFormat Format, int? Quality = null);
