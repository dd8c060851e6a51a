using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Engine.Artifacts;

/// <summary>Makes links that lead to where the bytes are kept, past this service. Where there are none, <see cref="ArtifactLinks"/> lead to it.</summary>
public interface IDirectLinks
{
    /// <summary>A link to read one artifact, for whoever has it. Made again it is the same.</summary>
    /// <param name="artifact">A result or preview.</param>
    /// <param name="fileName">What a browser shall call it.</param>
    /// <param name="expiresAt">Not later than the artifact's own life.</param>
    Uri Sign(ArtifactRef artifact, string fileName, DateTimeOffset expiresAt);
}
