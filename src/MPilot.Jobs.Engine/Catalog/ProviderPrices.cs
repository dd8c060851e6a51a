using System.IO.Enumeration;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Money;
using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Engine.Catalog;

/// <summary>What a provider charges, by model.</summary>
public sealed class ProviderPrices
{
    /// <summary>The kind whose calls stay on this machine.</summary>
    private const string BuiltIn = "local";

    private readonly List<(string Models, PriceRow Row)> _rows;

    /// <param name="options">The provider's configuration.</param>
    /// <param name="currency">ISO 4217.</param>
    public ProviderPrices(ProviderOptions options, string currency)
    {
        _rows = [.. options.Prices.Select(p => (p.Models, Row(p, currency)))];
        if (options.Kind == BuiltIn)
        {
            _rows.Add(("*", PriceRow.Free(currency)));
        }
    }

    /// <summary>The prices of a model, the first whose pattern matches; <c>null</c> where nobody knows them.</summary>
    public PriceRow? Find(string model)
        => _rows.Where(r => FileSystemName.MatchesSimpleExpression(r.Models, model, ignoreCase: false)).Select(r => r.Row).FirstOrDefault();

    private static PriceRow Row(PriceOptions options, string currency) => new()
    {
        Currency = currency,
        Call = options.Call,
        Input = new(options.InputText, options.InputImage),
        Output = new(options.OutputText, options.OutputImage),
        Images = [.. options.Images.Select(Image)],
        Megapixel = options.Megapixel,
        InferenceStep = options.InferenceStep,
        Second = options.Second,
        Limits = new()
        {
            InputImageTokens = options.Limits.InputImageTokens,
            OutputImageTokens = options.Limits.OutputImageTokens,
            OutputTextTokens = options.Limits.OutputTextTokens,
            Megapixels = options.Limits.Megapixels,
            InferenceSteps = options.Limits.InferenceSteps,
        },
    };

    private static ImagePrice Image(ImagePriceOptions options)
        => new(options.Size is { } text && PictureSize.TryParse(text, out var size) ? size : null, options.Quality, options.Price ?? 0);
}
