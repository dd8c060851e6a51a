using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Money;
using MPilot.Jobs.Domain.Tests.Jobs;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Domain.Tests.Money;

public sealed class PriceBoundTests
{
    private static readonly PriceRow None = new() { Currency = "USD" };
    private static readonly CallFacts Call = new(Pictures: 2, Inputs: 3, PromptBytes: 500);

    [Fact]
    public void Of_WhenNobodyKnowsThePrices_ThereIsNone() => PriceBound.Of(null, Call).ShouldBeNull();

    [Fact]
    public void Of_WhenAllIsFree_IsZero() => PriceBound.Of(PriceRow.Free("USD"), Call).ShouldBe(Known(0));

    [Fact]
    public void Of_WhenTokensAreLimited_TakesTheMostThereCanBe()
    {
        var row = None with { Input = new(5, 10), Output = new(20, 40), Limits = new() { InputImageTokens = 1_500, OutputImageTokens = 6_240, OutputTextTokens = 100 } };

        PriceBound.Of(row, Call).ShouldBe(Known(((1_500 * 5) + (3 * 1_500 * 10) + (100 * 20) + (2 * 6_240 * 40)) / 1_000_000m));
    }

    [Fact]
    public void Of_WhenATermHasNoLimit_ThereIsNone()
    {
        PriceBound.Of(None with { Output = new(null, 40) }, Call).ShouldBeNull();
        PriceBound.Of(None with { Megapixel = 0.05m }, Call).ShouldBeNull();
        PriceBound.Of(None with { InferenceStep = 0.05m }, Call).ShouldBeNull();
        PriceBound.Of(None with { Second = 0.05m }, Call).ShouldBeNull();
    }

    [Fact]
    public void Of_WhenTheRequestSaysWhatCounts_NeedsNoLimit()
    {
        var call = Call with { Size = new PictureSize(1000, 500), InferenceSteps = 30, Timeout = TimeSpan.FromSeconds(90) };

        PriceBound.Of(None with { Megapixel = 0.05m }, call).ShouldBe(Known(0.05m));
        PriceBound.Of(None with { InferenceStep = 0.001m }, call).ShouldBe(Known(0.06m));
        PriceBound.Of(None with { Second = 0.001m }, call).ShouldBe(Known(0.09m));
    }

    [Fact]
    public void Of_WhenSizeAndQualityAreOpen_TakesTheDearestPictureThereMayBe()
    {
        var row = None with { Images = [new(new(64, 48), "high", 0.17m), new(null, "high", 0.25m), new(null, "low", 0.02m)] };

        PriceBound.Of(row, Call with { Quality = "high" }).ShouldBe(Known(0.5m));
        PriceBound.Of(row, Call with { Quality = "high", Size = new(64, 48) }).ShouldBe(Known(0.34m));
        PriceBound.Of(row, Call).ShouldBeNull();
    }

    [Fact]
    public void Of_WhenAStepMakesSeveralCalls_AddsThemUp()
    {
        var spec = Sample.Job(5).Spec;
        var row = None with { Call = 0.1m, Images = [new(null, null, 0.01m)] };

        PriceBound.Of(row, spec, 2, TimeSpan.FromMinutes(5)).ShouldBe(Known(0.35m));
        PriceBound.Of(row with { Megapixel = 1 }, spec, 2, TimeSpan.FromMinutes(5)).ShouldBeNull();
    }

    [Fact]
    public void Facts_WhenTheStepLeavesSomethingOut_LeaveItToTheProvider()
    {
        var spec = Sample.Job(1).Spec with { Quality = "high", InferenceSteps = 30, Size = new(64, 48), Prompt = "für", NegativePrompt = "no" };

        CallFacts.Of(spec, 1).ShouldBe(new CallFacts(1, 1, 6) { Size = new(64, 48), Quality = "high", InferenceSteps = 30 });
        CallFacts.Of(spec with { Mask = spec.Images[0], Quality = null, InferenceSteps = null }, 1).ShouldBe(new CallFacts(1, 2, 6) { Size = new(64, 48) });
    }

    private static Cost Known(decimal amount) => new(amount, "USD", Known: true);
}
