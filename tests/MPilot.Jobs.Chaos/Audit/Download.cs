namespace MPilot.Jobs.Chaos.Audit;

/// <summary>A picture that was downloaded.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Sha256">Of what came.</param>
/// <param name="IsWhole">It is a PNG from its signature to its end.</param>
internal sealed record Download(int Status, string Sha256, bool IsWhole)
{
    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static ReadOnlySpan<byte> End => [0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82];

    public static bool IsWholePng(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Signature) && bytes.EndsWith(End);
}
