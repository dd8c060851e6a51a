using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Providers.Downloads;

/// <summary>What a link gave.</summary>
/// <param name="Upload">The picture, fully written; <c>null</c> if it cannot be had.</param>
/// <param name="IsOut">Whether there was nothing behind the link, or no way to it: what the link stands for may still be had by a new one.</param>
internal readonly record struct DownloadedPicture(PictureUpload? Upload, bool IsOut);
