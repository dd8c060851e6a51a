namespace MPilot.Jobs.Domain.Money;

/// <summary>The most a provider counts where the request does not say: what an upper bound of a price needs. <c>null</c>: nobody knows.</summary>
public sealed record PriceLimits
{
    /// <summary>Tokens of one picture that goes in.</summary>
    public long? InputImageTokens { get; init; }

    /// <summary>Tokens of one picture that comes out.</summary>
    public long? OutputImageTokens { get; init; }

    /// <summary>Text tokens that come out of one call.</summary>
    public long? OutputTextTokens { get; init; }

    /// <summary>Megapixels of one picture that comes out.</summary>
    public decimal? Megapixels { get; init; }

    /// <summary>Inference steps of one picture.</summary>
    public int? InferenceSteps { get; init; }
}
