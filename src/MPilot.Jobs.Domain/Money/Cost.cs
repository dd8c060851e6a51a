namespace MPilot.Jobs.Domain.Money;

/// <summary>What something cost. An unknown cost is unknown, never 0: its amount is the part that is known, a lower bound.</summary>
/// <param name="Amount">In units of the currency, not in cents; never negative.</param>
/// <param name="Currency">ISO 4217, such as <c>USD</c>; <c>null</c> where nothing that was priced is in it.</param>
/// <param name="Known">Whether the amount is all of it.</param>
public sealed record Cost(decimal Amount, string? Currency, bool Known)
{
    /// <summary>Nothing was bought. Adds nothing.</summary>
    public static Cost Nothing { get; } = new(0, null, Known: true);

    /// <summary>Something may have been bought, and nobody knows for how much.</summary>
    public static Cost Unknown { get; } = new(0, null, Known: false);

    /// <summary>
    /// The sum; unknown if either part is. Currencies are never added up, nor converted: where both sides are amounts of different ones,
    /// the sum keeps the left one's amount, and the rest makes it unknown. An amount of 0 is one of any currency.
    /// </summary>
    public static Cost operator +(Cost left, Cost right)
    {
        var known = left.Known && right.Known;
        return left.Amount == 0 && right.Amount == 0 ? new(0, left.Currency ?? right.Currency, known)
            : right.Amount == 0 ? left with { Known = known }
            : left.Amount == 0 ? right with { Known = known }
            : left.Currency == right.Currency ? new(left.Amount + right.Amount, left.Currency, known)
            : left with { Known = false };
    }
}
