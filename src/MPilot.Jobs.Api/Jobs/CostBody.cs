using System.Globalization;
using System.Text.Json.Serialization;

using MPilot.Jobs.Domain.Money;

namespace MPilot.Jobs.Api.Jobs;

/// <summary>What something cost, the amount as an exact decimal text. Where it is not known, the amount is the part that is.</summary>
internal sealed record CostBody(
    [property: JsonPropertyName("amount")] string Amount,
    [property: JsonPropertyName("currency")] string Currency,
    [property: JsonPropertyName("known")] bool Known)
{
    /// <summary>As many places as a decimal has; never an exponent, nor zeros at the end.</summary>
    private const string Plain = "0.############################";

    /// <summary>What an amount of 0 is in that no price gave a currency.</summary>
    private const string AnyCurrency = "USD";

    public static CostBody Of(Cost cost) => new(cost.Amount.ToString(Plain, CultureInfo.InvariantCulture), cost.Currency ?? AnyCurrency, cost.Known);
}
