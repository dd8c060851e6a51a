using System.Collections.Immutable;

using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Domain.Money;

/// <summary>What a picture may cost of which not all is known: the prices that come into question.</summary>
/// <param name="Least">The lowest of them; 0 where there may be none.</param>
/// <param name="Most">The highest of them; <c>null</c> where there may be none.</param>
public readonly record struct ImageQuote(decimal Least, decimal? Most)
{
    /// <summary>Reads the prices in order, up to the first that surely is the picture's.</summary>
    public static ImageQuote Of(ImmutableArray<ImagePrice> prices, PictureSize? size, string? quality)
    {
        (decimal Least, decimal Most)? range = null;
        foreach (var price in prices)
        {
            var fits = price.IsFor(size, quality);
            if (fits != false)
            {
                range = range is { } r ? (Math.Min(r.Least, price.Amount), Math.Max(r.Most, price.Amount)) : (price.Amount, price.Amount);
            }

            if (fits == true)
            {
                return new(range!.Value.Least, range.Value.Most);
            }
        }

        return new(0, null);
    }
}
