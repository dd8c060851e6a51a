namespace MPilot.Jobs.Simulators.Ledgers;

/// <summary>A file as it arrived.</summary>
/// <param name="ContentType">As declared by the part.</param>
/// <param name="Sha256">Lower-case hex over the file's bytes.</param>
/// <param name="Width">Pixels, read from the file's header; null if it is no picture we know.</param>
/// <param name="Format"><c>png</c>, <c>jpeg</c> or <c>webp</c> by the file's first bytes; else null.</param>
/// <param name="HasAlpha">The header declares transparency; null if it is no picture we know.</param>
public sealed record PartRecord(
    string Name, string? FileName, string? ContentType, long Length, string Sha256, int? Width, int? Height, string? Format, bool? HasAlpha);
