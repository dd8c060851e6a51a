using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Money;
using MPilot.Jobs.Domain.Tests.Jobs;

namespace MPilot.Jobs.Domain.Tests.Money;

/// <summary>Prices, a call, and what came of it, all of it told.</summary>
/// <param name="Prices">Eight of them in hundredths of a cent, or absent: call, text and image in, text and image out, megapixel, step, second.</param>
/// <param name="Images">Rows of size (0: any), quality (0: any) and price in hundredths of a cent.</param>
/// <param name="Tokens">Text and image in, text and image out.</param>
/// <param name="Sizes">One for each picture that came.</param>
/// <param name="Quality">The one made.</param>
/// <param name="Steps">Of each picture.</param>
/// <param name="Seconds">Of the call.</param>
internal sealed record PriceCase(int?[] Prices, (int Size, int Quality, int Price)[] Images, int[] Tokens, int[] Sizes, int Quality, int Steps, int Seconds)
{
    public const int MostTokens = 5_000;
    public const int MostSteps = 50;

    private const decimal Unit = 10_000;

    private static readonly PictureSize?[] SizesThereAre = [null, new(1000, 500), new(1024, 1024), new(1024, 1536)];
    private static readonly string?[] QualitiesThereAre = [null, "low", "high"];

    public PriceRow Row => new()
    {
        Currency = "USD",
        Call = Prices[0] / Unit,
        Input = new(Prices[1] / Unit, Prices[2] / Unit),
        Output = new(Prices[3] / Unit, Prices[4] / Unit),
        Megapixel = Prices[5] / Unit,
        InferenceStep = Prices[6] / Unit,
        Second = Prices[7] / Unit,
        Images = [.. Images.Select(i => new ImagePrice(SizesThereAre[i.Size], QualitiesThereAre[i.Quality], i.Price / Unit))],
        Limits = new()
        {
            InputImageTokens = MostTokens, OutputImageTokens = MostTokens, OutputTextTokens = MostTokens, Megapixels = Area(SizesThereAre.Length - 1) / 1_000_000m,
            InferenceSteps = MostSteps,
        },
    };

    /// <summary>What was asked for leaves nothing open.</summary>
    public CallFacts Call => new(Sizes.Length, 1, Tokens[0]) { Quality = QualitiesThereAre[Quality], InferenceSteps = Steps, Timeout = TimeSpan.FromSeconds(Seconds) };

    public AttemptOutcome.Succeeded Outcome => new(
        [.. Sizes.Select((s, i) => Sample.Picture(i) with { Facts = Sample.Facts with { Stored = SizesThereAre[s]!.Value } })],
        new Usage(Tokens[0] + Tokens[1], Tokens[1], Tokens[0], Tokens[2] + Tokens[3], Tokens[3], Tokens[2], Tokens.Sum()),
        QualitiesThereAre[Quality]);

    public Cost Cost => CostOf(Row, Call, Outcome);

    public Cost CostOf(PriceRow row, CallFacts call, AttemptOutcome outcome) => PriceTable.Of(row, new(call, outcome, TimeSpan.FromSeconds(Seconds)));

    public static long Area(int size) => SizesThereAre[size]!.Value.Pixels;
}
