using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Api.Edits;

/// <summary>A picture of a request, in its place: its bytes came with the request, or it refers to them. With neither it was a mistake.</summary>
/// <param name="role">What it is to the edit.</param>
/// <param name="name">What errors call it, such as <c>images[1]</c>.</param>
internal sealed class FormPicture(ArtifactRole role, string name)
{
    public ArtifactRole Role => role;

    public string Name => name;

    /// <summary>Where the bytes are to be had, until <see cref="Upload"/> or <see cref="Stored"/> is set.</summary>
    public PictureReference? Reference { get; set; }

    /// <summary>The bytes on their way into the store.</summary>
    public PictureUpload? Upload { get; set; }

    /// <summary>The picture of a file that is in the store already.</summary>
    public EditPicture? Stored { get; set; }
}
