using MPilot.Jobs.Domain.Plans;

namespace MPilot.Jobs.Engine.Imaging;

/// <summary>How a source is to be drawn for a provider: upright, in sRGB, without metadata.</summary>
/// <param name="Encoding">How to encode it.</param>
/// <param name="Layout">Where it goes; <c>null</c>: as it is. Padding continues the colours of the rim; what is around the source in an extended
/// answer is filled likewise, or transparent where <paramref name="Transparent"/> is given.</param>
/// <param name="Transparent">The area whose strength becomes transparency, and with it all that has to be invented around the source;
/// <c>null</c>: transparency stays as it is. Under a mask the source's own transparency is laid on white, as it would mark more than the mask.</param>
public sealed record SourceRendering(PictureEncoding Encoding, Layout? Layout = null, EditArea? Transparent = null);
