using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Api.Edits;

/// <summary>A place in the JSON of an answer where a picture's base64 goes.</summary>
internal readonly record struct AnswerGap(int Position, ArtifactRef Artifact)
{
    /// <summary>Bytes of the base64, padding included.</summary>
    public long Length => (Artifact.Length + 2) / 3 * 4;
}
