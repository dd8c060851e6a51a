using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Domain.Money;

/// <summary>The price of one picture of a size and a quality.</summary>
/// <param name="Size">The size it is for; <c>null</c> for any.</param>
/// <param name="Quality">The quality it is for; <c>null</c> for any.</param>
/// <param name="Amount">In the currency of its row.</param>
public sealed record ImagePrice(PictureSize? Size, string? Quality, decimal Amount)
{
    /// <summary>Whether it is the price of such a picture; <c>null</c> where too little of the picture is known to tell.</summary>
    public bool? IsFor(PictureSize? size, string? quality)
    {
        var (bySize, byQuality) = (Fits(Size, size), Fits(Quality, quality));
        return bySize == false || byQuality == false ? false : bySize is null || byQuality is null ? null : true;
    }

    private static bool? Fits<T>(T? wanted, T? known) => wanted is null ? true : known is null ? null : wanted.Equals(known);
}
