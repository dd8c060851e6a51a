using MPilot.Jobs.Simulators.Ledgers;

namespace MPilot.Jobs.Simulators.OpenAi;

/// <summary>Tokens of one call. The amounts are plausible, the sums exact.</summary>
internal sealed record OpenAiUsage(int Text, int ImagesIn, int ImagesOut)
{
    private const int CharactersToken = 4;
    private const int SquareToken = 32;

    public int In => Text + ImagesIn;

    public int Total => In + ImagesOut;

    public static OpenAiUsage Of(string prompt, IEnumerable<PartRecord> pictures, string quality, long pixelsOut) => new(
        Math.Max(1, prompt.Length / CharactersToken),
        pictures.Sum(picture => Squares(picture.Width ?? 0) * Squares(picture.Height ?? 0)),
        (int)Math.Min(int.MaxValue, Rate(quality) * pixelsOut / (1024 * 1024)));

    private static int Squares(int side) => (side + SquareToken - 1) / SquareToken;

    /// <summary>Tokens of 1024 x 1024 pixels.</summary>
    private static long Rate(string quality) => quality switch { "low" => 272, "high" => 4160, "xhigh" => 8320, "max" => 16640, _ => 1056 };
}
