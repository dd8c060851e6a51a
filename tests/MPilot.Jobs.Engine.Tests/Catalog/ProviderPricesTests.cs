using MPilot.Jobs.Domain.Money;
using MPilot.Jobs.Engine.Catalog;
using MPilot.Jobs.Engine.Configuration;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Catalog;

public sealed class ProviderPricesTests
{
    [Fact]
    public void Find_WhenSeveralPatternsMatch_TakesTheFirst()
    {
        var prices = Of("openai", new() { Models = "gpt-image-2-mini", Call = 1 }, new() { Models = "gpt-image-2*", Call = 2 }, new() { Call = 3 });

        prices.Find("gpt-image-2-mini")!.Call.ShouldBe(1);
        prices.Find("gpt-image-2-large")!.Call.ShouldBe(2);
        prices.Find("flux")!.Call.ShouldBe(3);
    }

    [Fact]
    public void Find_WhenNoPatternMatches_KnowsNoPrice()
    {
        Of("openai").Find("gpt-image-2").ShouldBeNull();
        Of("openai", new PriceOptions { Models = "GPT-*", Call = 1 }).Find("gpt-image-2").ShouldBeNull();
    }

    [Fact]
    public void Find_OfTheBuiltInEditor_IsFreeUnlessConfigured()
    {
        Of("local").Find("inpainting")!.IsFree.ShouldBeTrue();
        Of("local", new PriceOptions { Models = "inp*", Call = 2 }).Find("inpainting")!.Call.ShouldBe(2);
    }

    [Fact]
    public void Find_WhenEveryTermIsConfigured_HasThemAll()
    {
        var options = new PriceOptions
        {
            Call = 1, InputText = 2, InputImage = 3, OutputText = 4, OutputImage = 5, Megapixel = 6, InferenceStep = 7, Second = 8,
            Images = [new() { Size = "64x48", Quality = "high", Price = 9 }, new() { Price = 10 }],
            Limits = new() { InputImageTokens = 11, OutputImageTokens = 12, OutputTextTokens = 13, Megapixels = 14, InferenceSteps = 15 },
        };

        var row = Of("openai", options).Find("m")!;

        row.Images.ShouldBe([new(new(64, 48), "high", 9), new(null, null, 10)]);
        (row with { Images = [] }).ShouldBe(new PriceRow
        {
            Currency = "EUR", Call = 1, Input = new(2, 3), Output = new(4, 5), Megapixel = 6, InferenceStep = 7, Second = 8,
            Limits = new() { InputImageTokens = 11, OutputImageTokens = 12, OutputTextTokens = 13, Megapixels = 14, InferenceSteps = 15 },
        });
    }

    private static ProviderPrices Of(string kind, params PriceOptions[] rows) => new(new() { Kind = kind, Prices = [.. rows] }, "EUR");
}
