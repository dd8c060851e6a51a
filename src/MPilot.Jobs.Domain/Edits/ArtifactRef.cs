namespace MPilot.Jobs.Domain.Edits;

/// <summary>Points to named, immutable bytes in the artifact store. This travels; the bytes do not.</summary>
/// <param name="Id"><c>art_</c> + UUIDv7, 32 hexadecimal digits.</param>
/// <param name="Role">What the bytes are to their job.</param>
/// <param name="ContentType">From magic bytes.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal, of the bytes as stored.</param>
public sealed record ArtifactRef(string Id, ArtifactRole Role, string ContentType, long Length, string Sha256);
