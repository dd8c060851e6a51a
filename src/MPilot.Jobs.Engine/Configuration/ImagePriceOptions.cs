namespace MPilot.Jobs.Engine.Configuration;

/// <summary>The price of a picture of a size and a quality.</summary>
public sealed class ImagePriceOptions
{
    /// <summary>The size it is for, such as <c>1024x1536</c>, as it comes from the provider. Default: any.</summary>
    public string? Size { get; set; }

    /// <summary>The quality it is for, such as <c>high</c>; as the provider says, or else as asked for. Default: any.</summary>
    public string? Quality { get; set; }

    /// <summary>Of one such picture. Required.</summary>
    public decimal? Price { get; set; }
}
