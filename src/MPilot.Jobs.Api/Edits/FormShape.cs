using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Which parts of a multipart form are pictures.</summary>
/// <param name="RoleOf">The role of a part by its name; <c>null</c> for texts.</param>
/// <param name="NameOf">What errors call a picture of that role.</param>
/// <param name="IsText">Whether a name is that of a text, also where it comes with a file name.</param>
/// <param name="Files">The names of files, for errors.</param>
/// <param name="TakesReferences">Whether a text part may stand for a picture.</param>
internal sealed record FormShape(
    Func<string, ArtifactRole?> RoleOf, Func<ArtifactRole, string> NameOf, Func<string, bool> IsText, string Files, bool TakesReferences)
{
    /// <summary>An edit.</summary>
    public static FormShape Edit { get; } = new(
        PictureField.RoleOf, PictureField.NameOf, name => EditFields.IsKnown(EditFields.Root(name)), "image, image[] and mask", TakesReferences: true);
}
