using MPilot.Jobs.Domain.Attempts;

namespace MPilot.Jobs.Domain.Money;

/// <summary>Tokens on one side of a call, as a provider counts them; what it does not say is <c>null</c>.</summary>
/// <param name="Total">All of them.</param>
/// <param name="Text">Those that stand for text.</param>
/// <param name="Image">Those that stand for pictures.</param>
public readonly record struct TokenCounts(long? Total, long? Text, long? Image)
{
    /// <summary>What went in: all text where the provider does not tell the kinds apart.</summary>
    public static TokenCounts In(Usage? usage)
        => new TokenCounts(usage?.InputTokens, usage?.InputTextTokens, usage?.InputImageTokens).Completed(new(usage?.InputTokens, usage?.InputTokens, 0));

    /// <summary>What came out: all picture where the provider does not tell the kinds apart.</summary>
    public static TokenCounts Out(Usage? usage)
        => new TokenCounts(usage?.OutputTokens, usage?.OutputTextTokens, usage?.OutputImageTokens).Completed(new(usage?.OutputTokens, 0, usage?.OutputTokens));

    /// <summary>All of them, told or added up.</summary>
    public decimal? All => Total ?? Told;

    /// <summary>Whether the kinds are told, and are all there is.</summary>
    public bool IsComplete => Told is { } told && (Total ?? told) == told;

    /// <summary>Providers may claim any number: two of them may be more than a long holds.</summary>
    private decimal? Told => (decimal?)Text + Image;

    private TokenCounts Completed(TokenCounts undivided)
        => Text is null && Image is null ? undivided : this with { Text = Text ?? Rest(Image), Image = Image ?? Rest(Text) };

    private long? Rest(long? told) => Total >= told ? Total - told : null;
}
