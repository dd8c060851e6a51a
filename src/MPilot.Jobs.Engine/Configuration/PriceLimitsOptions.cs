namespace MPilot.Jobs.Engine.Configuration;

/// <summary>
/// The most a provider counts where the request does not say. A price whose amount nothing limits has no upper bound: it can be neither quoted nor
/// reserved beforehand. Too high quotes and reserves too much; too low makes a bound that calls overshoot.
/// </summary>
public sealed class PriceLimitsOptions
{
    /// <summary>Tokens of one picture that goes in. Default: none.</summary>
    public long? InputImageTokens { get; set; }

    /// <summary>Tokens of one picture that comes out. Default: none.</summary>
    public long? OutputImageTokens { get; set; }

    /// <summary>Text tokens that come out of one call. Default: none.</summary>
    public long? OutputTextTokens { get; set; }

    /// <summary>Megapixels of one picture that comes out, where no size is asked for. Default: none.</summary>
    public decimal? Megapixels { get; set; }

    /// <summary>Inference steps of one picture, where no number is asked for. Default: none.</summary>
    public int? InferenceSteps { get; set; }
}
