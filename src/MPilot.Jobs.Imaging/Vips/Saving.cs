using MPilot.Jobs.Engine.Imaging;

namespace MPilot.Jobs.Imaging.Vips;

/// <summary>How a drawn picture becomes a file.</summary>
/// <param name="Encoding">The encoding.</param>
/// <param name="Alpha">Whether its alpha says anything; jpeg lays it on white.</param>
/// <param name="Lossless">Whether webp, too, is to keep every pixel.</param>
internal sealed record Saving(PictureEncoding Encoding, bool Alpha, bool Lossless = false);
