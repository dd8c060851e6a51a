using System.Globalization;

using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Engine.Streaming;

/// <summary>What stands for a picture in a body that is shown.</summary>
public static class PictureNote
{
    /// <summary>The note for a stored picture.</summary>
    public static string Of(ArtifactRef artifact) => Of(artifact.ContentType[(artifact.ContentType.IndexOf('/', StringComparison.Ordinal) + 1)..], artifact.Length);

    /// <summary>Such as <c>&lt;png, 12345 bytes&gt;</c>.</summary>
    public static string Of(string format, long length) => string.Create(CultureInfo.InvariantCulture, $"<{format}, {length} bytes>");
}
