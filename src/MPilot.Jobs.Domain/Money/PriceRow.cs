using System.Collections.Immutable;

namespace MPilot.Jobs.Domain.Money;

/// <summary>What a provider charges for a call of a model. All terms that are given add up; one that is absent is not charged.</summary>
public sealed record PriceRow
{
    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>Of a call.</summary>
    public decimal? Call { get; init; }

    /// <summary>Of a million tokens that go in.</summary>
    public TokenPrices Input { get; init; }

    /// <summary>Of a million tokens that come out.</summary>
    public TokenPrices Output { get; init; }

    /// <summary>Of a picture that comes out; the first that fits counts, and where none does its price is unknown.</summary>
    public ImmutableArray<ImagePrice> Images { get; init; } = [];

    /// <summary>Of a million pixels that come out.</summary>
    public decimal? Megapixel { get; init; }

    /// <summary>Of one inference step of one picture.</summary>
    public decimal? InferenceStep { get; init; }

    /// <summary>Of a second of the call, by our clock.</summary>
    public decimal? Second { get; init; }

    public PriceLimits Limits { get; init; } = new();

    /// <summary>Whether tokens are charged.</summary>
    public bool CountsTokens => Input.Any || Output.Any;

    /// <summary>Whether whatever happens costs nothing.</summary>
    public bool IsFree
        => (Call ?? 0) + (Input.Text ?? 0) + (Input.Image ?? 0) + (Output.Text ?? 0) + (Output.Image ?? 0)
            + (Megapixel ?? 0) + (InferenceStep ?? 0) + (Second ?? 0) + Images.Sum(i => i.Amount) == 0;

    /// <summary>A row by which everything is free.</summary>
    public static PriceRow Free(string currency) => new() { Currency = currency, Call = 0 };

    /// <summary>A known amount.</summary>
    public Cost Exactly(decimal amount) => new(amount, Currency, Known: true);

    /// <summary>An amount that is not all of it.</summary>
    public Cost AtLeast(decimal amount) => new(amount, Currency, Known: false);
}
