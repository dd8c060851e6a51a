using MPilot.Jobs.Hosting.Tests.Support;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Hosting.Tests.Configuration;

/// <summary>Prices are read to the last digit.</summary>
public sealed class PricesTests
{
    [Fact]
    public void Read_WhenThereArePrices_KeepsThemExactlyAndInOrder()
    {
        var options = Reading.ReadSection("""
            {"Currency":"EUR","Providers":{"local":{"Kind":"local","Prices":[
              {"Models":"gpt-image-2*","InputText":5,"InputImage":10.10,"OutputText":0,"OutputImage":"40","Limits":{"InputImageTokens":1500,"OutputImageTokens":6240}},
              {"Call":1e-7,"Megapixel":0.0000000000000000000000000001,"InferenceStep":0.1,"Second":0.3,"Images":[{"Size":"1024x1536","Quality":"high","Price":0.25},{"Price":0.02}]}]}}}
            """);

        options.Currency.ShouldBe("EUR");
        var prices = options.Providers["local"].Prices;
        prices.Select(p => p.Models).ShouldBe(["gpt-image-2*", "*"]);
        (prices[0].InputText, prices[0].InputImage, prices[0].OutputText, prices[0].OutputImage, prices[0].Call).ShouldBe((5m, 10.1m, 0m, 40m, null));
        (prices[0].Limits.InputImageTokens, prices[0].Limits.OutputImageTokens, prices[0].Limits.OutputTextTokens).ShouldBe((1_500L, 6_240L, null));
        (prices[1].Call, prices[1].Megapixel, prices[1].InferenceStep, prices[1].Second).ShouldBe((0.0000001m, 0.0000000000000000000000000001m, 0.1m, 0.3m));
        prices[1].Images.Select(i => (i.Size, i.Quality, i.Price)).ShouldBe([("1024x1536", "high", 0.25m), (null, null, 0.02m)]);
    }

    [Fact]
    public void Read_WhenAPriceComesFromTheEnvironment_IsRead()
    {
        var environment = new Dictionary<string, string> { ["MPILOT__Providers__local__Prices__0__Call"] = "0.04" };

        Reading.ReadSection("""{"Providers":{"local":{"Kind":"local"}}}""", environment).Providers["local"].Prices.ShouldHaveSingleItem().Call.ShouldBe(0.04m);
    }
}
