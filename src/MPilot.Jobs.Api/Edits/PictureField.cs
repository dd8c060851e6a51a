using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Which parts are pictures, by name.</summary>
internal static class PictureField
{
    public const string Image = "image";
    public const string Images = "images";
    public const string Mask = "mask";

    /// <summary>
    /// The role of a part named <c>image</c>, <c>image[]</c>, <c>image[N]</c>, <c>images</c>, <c>mask</c> or <c>mask[]</c>; <c>null</c> for other names.
    /// </summary>
    public static ArtifactRole? RoleOf(string name) => WithoutIndex(name) switch
    {
        Image or Images => ArtifactRole.Source,
        Mask => ArtifactRole.Mask,
        _ => null,
    };

    /// <summary>What errors call a picture of that role.</summary>
    public static string NameOf(ArtifactRole role) => role == ArtifactRole.Mask ? Mask : Image;

    /// <summary>The name at the beginning of a sentence: <c>The mask</c>, but <c>images[1]</c>.</summary>
    public static string Subject(string name) => name.Contains('[', StringComparison.Ordinal) ? name : $"The {name}";

    private static ReadOnlySpan<char> WithoutIndex(string name)
    {
        var open = name.IndexOf('[', StringComparison.Ordinal);
        return open > 0 && name[^1] == ']' && !name.AsSpan(open + 1, name.Length - open - 2).ContainsAnyExceptInRange('0', '9')
            ? name.AsSpan(0, open)
            : name;
    }
}
