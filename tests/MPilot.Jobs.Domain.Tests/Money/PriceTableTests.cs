using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Money;
using MPilot.Jobs.Domain.Tests.Jobs;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Domain.Tests.Money;

public sealed class PriceTableTests
{
    private static readonly PriceRow None = new() { Currency = "USD" };
    private static readonly PriceRow ByToken = None with { Input = new(5, 10), Output = new(null, 40) };
    private static readonly Usage Counted = new(323, 310, 13, 4160, 4160, 0, 4483);

    [Fact]
    public void Of_WhenTokensAreTold_PricesEachKindByItsOwn()
        => Of(ByToken, Pictures(Counted)).ShouldBe(Known(0.169565m));

    [Theory]
    [InlineData(323L, null, null, 1000L, null, null, "0.041615", true)]
    [InlineData(323L, 310L, null, 1000L, null, 0L, "0.043165", true)]
    [InlineData(323L, null, 13L, 1000L, 1000L, null, "0.043165", true)]
    [InlineData(null, 310L, 13L, null, 1000L, 0L, "0.043165", true)]
    [InlineData(400L, 310L, 13L, 1000L, 1000L, 0L, "0.043165", false)]
    [InlineData(300L, 310L, null, 1000L, 1000L, 0L, "0.0431", false)]
    [InlineData(null, null, null, 1000L, null, null, "0.04", false)]
    [InlineData(323L, null, null, null, null, null, "0.001615", false)]
    [InlineData(323L, null, null, 1000L, 900L, 100L, "0.037615", false)]
    public void Of_WhenDetailsAreMissing_TakesWhatTheyMustBeOrSaysUnknown(
        long? input, long? inputImage, long? inputText, long? output, long? outputImage, long? outputText, string amount, bool known)
        => Of(ByToken, Pictures(new(input, inputImage, inputText, output, outputImage, outputText, null))).ShouldBe(new Cost(Amount(amount), "USD", known));

    [Fact]
    public void Of_WhenAllTokensHaveOnePrice_NeedsNoDetails()
        => Of(None with { Input = new(2, 2), Output = new(30, 30) }, Pictures(new(400, 310, 13, 1000, 900, null, null))).ShouldBe(Known(0.0308m));

    [Fact]
    public void Of_WhenNobodyCountedTokens_IsUnknownButForTheRest()
        => Of(ByToken with { Call = 0.01m }, Pictures(null)).ShouldBe(new Cost(0.01m, "USD", Known: false));

    [Fact]
    public void Of_WhenTokensAreFree_NeedsNoCount()
        => Of(None with { Call = 0.01m, Input = new(0, 0), Output = new(0, 0) }, Pictures(null)).ShouldBe(Known(0.01m));

    [Fact]
    public void Of_WhenNoTokenHasAPrice_IgnoresTheCount() => Of(None with { Call = 0.01m }, Pictures(Counted)).ShouldBe(Known(0.01m));

    [Fact]
    public void Of_WhenAProviderClaimsAbsurdCounts_Survives()
        => Of(None with { Input = new(1_000_000, 1), Output = new(0, 0) }, Pictures(new(null, long.MaxValue, long.MaxValue, 0, 0, 0, null)))
            .Amount.ShouldBe((long.MaxValue * 1_000_001m) / 1_000_000);

    [Theory]
    [InlineData(64, 48, "high", "0.17", true)]
    [InlineData(64, 48, "low", "0.01", true)]
    [InlineData(48, 64, "high", "0.25", true)]
    [InlineData(48, 64, "low", "0.02", true)]
    [InlineData(64, 64, "high", "0", false)]
    [InlineData(64, 48, null, "0.01", false)]
    [InlineData(48, 64, null, "0.02", false)]
    public void Of_WhenPicturesHaveAPrice_TakesTheFirstRowThatFits(int width, int height, string? quality, string amount, bool known)
    {
        var (wide, tall) = (new PictureSize(64, 48), new PictureSize(48, 64));
        var row = None with { Images = [new(wide, "high", 0.17m), new(wide, null, 0.01m), new(tall, "high", 0.25m), new(tall, null, 0.02m)] };

        Of(row, Pictures(null, quality, new PictureSize(width, height))).ShouldBe(new Cost(Amount(amount), "USD", known));
    }

    [Fact]
    public void Of_WhenTheProviderDoesNotSayItsQuality_TakesTheOneAskedFor()
    {
        var row = None with { Images = [new(null, "high", 0.17m)] };

        Of(row, Pictures(null), new CallFacts(1, 1, 0) { Quality = "high" }).ShouldBe(Known(0.17m));
        Of(row, Pictures(null, "low"), new CallFacts(1, 1, 0) { Quality = "high" }).Known.ShouldBeFalse();
    }

    [Fact]
    public void Of_WhenFewerPicturesCameThanAskedFor_CountsThemAndIsUnknown()
    {
        var three = new CallFacts(3, 1, 0);

        Of(None with { Images = [new(null, null, 0.04m)] }, Pictures(null), three).ShouldBe(new Cost(0.04m, "USD", Known: false));
        Of(None with { Call = 0.04m }, Pictures(null), three).ShouldBe(Known(0.04m));
    }

    [Fact]
    public void Of_WhenPixelsHaveAPrice_CountsThoseThatCame()
        => Of(None with { Megapixel = 0.05m }, Pictures(null, null, new PictureSize(1024, 1536), new PictureSize(1000, 1000)), new CallFacts(2, 1, 0))
            .ShouldBe(Known(0.1286432m));

    [Theory]
    [InlineData(30, "0.06", true)]
    [InlineData(null, "0", false)]
    public void Of_WhenStepsHaveAPrice_NeedsTheirNumber(int? steps, string amount, bool known)
        => Of(None with { InferenceStep = 0.001m }, Pictures(null, null, Sample.Facts.Stored, Sample.Facts.Stored), new CallFacts(2, 1, 0) { InferenceSteps = steps })
            .ShouldBe(new Cost(Amount(amount), "USD", known));

    [Fact]
    public void Of_WhenSecondsHaveAPrice_CountsTheDuration()
    {
        var row = None with { Second = 0.001m };
        AttemptFacts measured = new(new CallFacts(1, 1, 0), Pictures(null), TimeSpan.FromMilliseconds(2_500));

        PriceTable.Of(row, measured).ShouldBe(Known(0.0025m));
        PriceTable.Of(row, measured with { Duration = null }).ShouldBe(new Cost(0, "USD", Known: false));
    }

    [Fact]
    public void Of_WhenManyTermsAreGiven_AddsThemUp()
        => Of(ByToken with { Call = 0.01m, Images = [new(null, null, 0.04m)], Megapixel = 1, InferenceStep = 0.001m, Second = 0.002m },
            Pictures(Counted, null, new PictureSize(1000, 500)), new CallFacts(1, 1, 0) { InferenceSteps = 4 })
            .ShouldBe(Known(0.169565m + 0.01m + 0.04m + 0.5m + 0.004m + 0.002m));

    [Fact]
    public void Of_WhenNobodyKnowsThePrices_IsUnknownAndNotZero() => Of(null, Pictures(Counted)).ShouldBe(Cost.Unknown);

    [Theory]
    [InlineData(FailureKind.InvalidInput, 400)]
    [InlineData(FailureKind.Refused, 400)]
    [InlineData(FailureKind.Credentials, 401)]
    [InlineData(FailureKind.Quota, 402)]
    [InlineData(FailureKind.RateLimited, 429)]
    [InlineData(FailureKind.Transient, 500)]
    [InlineData(FailureKind.Transient, 503)]
    [InlineData(FailureKind.Transient, null)]
    [InlineData(FailureKind.Unsupported, null)]
    public void Of_WhenTheProviderRefused_CostsNothingWhateverThePrice(FailureKind kind, int? status)
    {
        var failed = new AttemptOutcome.Failed(new(kind, status));

        Of(ByToken with { Call = 1 }, failed).ShouldBe(Known(0));
        Of(null, failed).ShouldBe(Cost.Nothing);
    }

    [Theory]
    [InlineData(FailureKind.TimedOut, null)]
    [InlineData(FailureKind.Lost, null)]
    [InlineData(FailureKind.Broken, 200)]
    [InlineData(FailureKind.Broken, null)]
    [InlineData(FailureKind.Refused, 200)]
    [InlineData(FailureKind.Refused, null)]
    [InlineData(FailureKind.Transient, 200)]
    [InlineData(FailureKind.Transient, 502)]
    [InlineData(FailureKind.Transient, 504)]
    [InlineData(FailureKind.Canceled, null)]
    [InlineData(FailureKind.DeadlineExceeded, null)]
    public void Of_WhenTheFailureMayHaveBeenCharged_IsUnknown(FailureKind kind, int? status)
    {
        var failed = new AttemptOutcome.Failed(new(kind, status));

        Of(ByToken, failed).ShouldBe(new Cost(0, "USD", Known: false));
        Of(null, failed).ShouldBe(Cost.Unknown);
    }

    [Fact]
    public void Of_WhenTheEndIsUnknown_IsUnknown()
    {
        Of(ByToken, new AttemptOutcome.Canceled()).Known.ShouldBeFalse();
        Of(ByToken, new AttemptOutcome.Lost()).Known.ShouldBeFalse();
    }

    [Fact]
    public void Of_WhenAllIsFree_CostsNothingHoweverItEnded()
    {
        AttemptOutcome[] outcomes =
        [
            Pictures(null), Pictures(Counted), new AttemptOutcome.Canceled(), new AttemptOutcome.Lost(), new AttemptOutcome.Failed(new(FailureKind.TimedOut)),
        ];

        outcomes.Select(o => Of(PriceRow.Free("EUR"), o)).ShouldAllBe(c => c == new Cost(0, "EUR", true));
    }

    private static Cost Of(PriceRow? row, AttemptOutcome outcome, CallFacts? call = null)
        => PriceTable.Of(row, new(call ?? new CallFacts(1, 1, 0), outcome, TimeSpan.FromSeconds(1)));

    private static Cost Known(decimal amount) => new(amount, "USD", Known: true);

    private static AttemptOutcome.Succeeded Pictures(Usage? usage, string? quality = null, params PictureSize[] sizes)
        => new([.. (sizes.Length == 0 ? [Sample.Facts.Stored] : sizes).Select((s, i) => Sample.Picture(i) with { Facts = Sample.Facts with { Stored = s } })], usage, quality);

    private static decimal Amount(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
