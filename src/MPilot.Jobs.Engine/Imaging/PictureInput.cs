using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Engine.Imaging;

/// <summary>A picture to read.</summary>
/// <param name="OpenAsync">Opens its bytes.</param>
/// <param name="Facts">Its header.</param>
public sealed record PictureInput(Func<CancellationToken, ValueTask<Stream>> OpenAsync, PictureFacts Facts);
