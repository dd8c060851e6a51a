namespace MPilot.Jobs.Domain.Money;

/// <summary>
/// Prices of a million tokens on one side of a call. A kind without a price is taken not to be counted: where it is counted all the same,
/// the cost is unknown.
/// </summary>
/// <param name="Text">Of text tokens.</param>
/// <param name="Image">Of image tokens.</param>
public readonly record struct TokenPrices(decimal? Text, decimal? Image)
{
    /// <summary>Whether either has a price.</summary>
    public bool Any => Text is not null || Image is not null;
}
