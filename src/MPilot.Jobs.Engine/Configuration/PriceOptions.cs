namespace MPilot.Jobs.Engine.Configuration;

/// <summary>
/// What a provider charges for some of its models, in units of <see cref="MPilotOptions.Currency"/>. All terms that are given add up; write 0
/// for what is free, and at least one.
/// </summary>
public sealed class PriceOptions
{
    /// <summary>Pattern (<c>*</c> matches any run) of the models, without the provider's name. Default: *.</summary>
    public string Models { get; set; } = "*";

    /// <summary>Of a call, whatever it brings. Default: none.</summary>
    public decimal? Call { get; set; }

    /// <summary>
    /// Of a million text tokens that go in; all that go in where the provider does not tell text from pictures. Once any kind of token has a
    /// price, one that has none and is counted all the same makes the cost unknown. Default: none.
    /// </summary>
    public decimal? InputText { get; set; }

    /// <summary>Of a million image tokens that go in. Default: none.</summary>
    public decimal? InputImage { get; set; }

    /// <summary>Of a million text tokens that come out. Default: none.</summary>
    public decimal? OutputText { get; set; }

    /// <summary>
    /// Of a million image tokens that come out; all that come out where the provider does not tell text from pictures. Default: none.
    /// </summary>
    public decimal? OutputImage { get; set; }

    /// <summary>
    /// Of a picture that comes out, by its size and quality; the first row that fits counts, and where none does the price is unknown.
    /// Default: none.
    /// </summary>
    public List<ImagePriceOptions> Images { get; set; } = [];

    /// <summary>Of a million pixels that come out. Default: none.</summary>
    public decimal? Megapixel { get; set; }

    /// <summary>Of one inference step of one picture; unknown where the request does not say how many. Default: none.</summary>
    public decimal? InferenceStep { get; set; }

    /// <summary>Of a second between the beginning and the end of the call, by this service's clock. Default: none.</summary>
    public decimal? Second { get; set; }

    /// <summary>The most a provider counts where the request does not say. Used for upper bounds of prices only.</summary>
    public PriceLimitsOptions Limits { get; set; } = new();
}
