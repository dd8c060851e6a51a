using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Hosting.Configuration;

/// <summary>Finds everything that is wrong with a provider's prices.</summary>
internal static class PricesValidator
{
    /// <summary>Dearer than anything sold, and small enough to be multiplied by any number of tokens.</summary>
    private const decimal Dearest = 1_000_000;

    /// <summary>More than any provider counts for a picture.</summary>
    private const long Most = 1_000_000_000;

    /// <param name="root">The key of the list.</param>
    /// <param name="prices">The list.</param>
    public static IEnumerable<OptionMistake> Validate(string root, List<PriceOptions> prices)
        => prices.SelectMany((price, index) => Validate($"{root}:{index}", price));

    private static IEnumerable<OptionMistake> Validate(string root, PriceOptions price)
    {
        (string Key, decimal? Price)[] terms =
        [
            ("Call", price.Call), ("InputText", price.InputText), ("InputImage", price.InputImage), ("OutputText", price.OutputText),
            ("OutputImage", price.OutputImage), ("Megapixel", price.Megapixel), ("InferenceStep", price.InferenceStep), ("Second", price.Second),
        ];
        var empty = price.Images.Count == 0 && terms.All(t => t.Price is null);
        return terms.Where(t => t.Price is { } amount && !IsPrice(amount)).Select(t => NoPrice($"{root}:{t.Key}"))
            .Concat(price.Images.SelectMany((image, index) => Image($"{root}:Images:{index}", image)))
            .Concat(Limits($"{root}:Limits", price.Limits))
            .Concat(empty ? [new OptionMistake(root, "must name a price; 0 says that calls are free.")] : []);
    }

    private static IEnumerable<OptionMistake> Image(string root, ImagePriceOptions image)
    {
        if (image.Size is not null && !PictureSize.TryParse(image.Size, out _))
        {
            yield return new($"{root}:Size", "must be a size such as 1024x1536.");
        }

        if (image.Price is not { } amount || !IsPrice(amount))
        {
            yield return NoPrice($"{root}:Price");
        }
    }

    private static IEnumerable<OptionMistake> Limits(string root, PriceLimitsOptions limits)
    {
        (string Key, decimal? Value)[] values =
        [
            ("InputImageTokens", limits.InputImageTokens), ("OutputImageTokens", limits.OutputImageTokens),
            ("OutputTextTokens", limits.OutputTextTokens), ("Megapixels", limits.Megapixels), ("InferenceSteps", limits.InferenceSteps),
        ];
        return values.Where(v => v.Value is < 0 or > Most).Select(v => new OptionMistake($"{root}:{v.Key}", $"must be between 0 and {Most}."));
    }

    private static bool IsPrice(decimal amount) => amount is >= 0 and <= Dearest;

    private static OptionMistake NoPrice(string key) => new(key, $"must be a price between 0 and {Dearest}.");
}
