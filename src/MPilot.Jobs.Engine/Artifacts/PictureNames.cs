using System.Globalization;

using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Engine.Artifacts;

/// <summary>What a browser calls a picture that it saves.</summary>
public static class PictureNames
{
    /// <param name="index">Which of its edit's pictures it is.</param>
    /// <param name="artifact">The picture.</param>
    public static string Of(int index, ArtifactRef artifact)
        => string.Create(CultureInfo.InvariantCulture, $"edit-{index}.{Extension(artifact.ContentType)}");

    private static string Extension(string contentType) => contentType switch
    {
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/webp" => "webp",
        _ => "bin",
    };
}
