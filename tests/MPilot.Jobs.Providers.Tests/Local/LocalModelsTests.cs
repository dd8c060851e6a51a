using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Catalog;
using MPilot.Jobs.Providers.Local;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Providers.Tests.Local;

public sealed class LocalModelsTests
{
    private static readonly EditSpec Filling = Edits.Plain with { Images = [Edits.Picture("a", Edits.Jpeg)], Mask = Edits.Picture("m", Edits.Png) };

    private static readonly EditSpec Extending = Edits.Plain with { Images = [Edits.Picture("a", Edits.Jpeg)], Size = new(64, 64) };

    [Theory]
    [InlineData("plain", "mask", PlanAction.Honour)]
    [InlineData("plain", "prompt", PlanAction.Warn)]
    [InlineData("typed", "type", PlanAction.Honour)]
    [InlineData("outpainting", "type", PlanAction.Refuse)]
    [InlineData("removal", "type", PlanAction.Refuse)]
    [InlineData("prompt only", "type", PlanAction.Refuse)]
    [InlineData("mask without alpha", "mask", PlanAction.Refuse)]
    [InlineData("polarity", "mask", PlanAction.Honour)]
    [InlineData("polarity", "mask_polarity", PlanAction.Honour)]
    [InlineData("own size", "size", PlanAction.Honour)]
    [InlineData("other size", "size", PlanAction.Emulate)]
    [InlineData("jpeg", "output_format", PlanAction.Honour)]
    [InlineData("jpeg", "output_compression", PlanAction.Honour)]
    [InlineData("jpeg", "background", PlanAction.Honour)]
    [InlineData("jpeg with alpha", "background", PlanAction.Refuse)]
    public void Plan_WhenInpainting_HasItsRow(string name, string parameter, PlanAction action)
    {
        var opaque = Edits.Png with { HasAlpha = false };
        var spec = name switch
        {
            "typed" => Filling with { Type = EditType.Inpainting },
            "outpainting" => Filling with { Type = EditType.Outpainting },
            "removal" => Filling with { Type = EditType.BackgroundRemoval },
            "prompt only" => Filling with { Mask = null },
            "mask without alpha" => Filling with { Mask = Edits.Picture("m", opaque) },
            "polarity" => Filling with { Mask = Edits.Picture("m", opaque), MaskPolarity = MaskPolarity.White },
            "own size" => Filling with { Size = new(48, 64) },
            "other size" => Filling with { Size = new(64, 48) },
            "jpeg" => Filling with { OutputFormat = "jpeg", OutputCompression = 5, Background = "opaque" },
            "jpeg with alpha" => Filling with { Images = [Edits.Picture("a", Edits.Png)], Background = "opaque" },
            _ => Filling,
        };

        ActionOf(spec, LocalModels.Inpainting, parameter).ShouldBe(action);
    }

    [Theory]
    [InlineData("plain", "size", PlanAction.Honour)]
    [InlineData("plain", "prompt", PlanAction.Warn)]
    [InlineData("wider but lower", "size", PlanAction.Honour)]
    [InlineData("own size", "type", PlanAction.Refuse)]
    [InlineData("prompt only", "type", PlanAction.Refuse)]
    [InlineData("mask", "mask", PlanAction.Refuse)]
    [InlineData("typed", "type", PlanAction.Honour)]
    [InlineData("inpainting", "type", PlanAction.Refuse)]
    public void Plan_WhenOutpainting_HasItsRow(string name, string parameter, PlanAction action)
    {
        var spec = name switch
        {
            "wider but lower" => Extending with { Size = new(49, 10) },
            "own size" => Extending with { Size = new(48, 64) },
            "prompt only" => Extending with { Size = null },
            "mask" => Extending with { Mask = Edits.Picture("m", Edits.Png) },
            "typed" => Extending with { Type = EditType.Outpainting },
            "inpainting" => Extending with { Type = EditType.Inpainting },
            _ => Extending,
        };

        ActionOf(spec, LocalModels.Outpainting, parameter).ShouldBe(action);
    }

    [Fact]
    public void Plan_WhenACutOutIsWantedInAnotherSize_PadsIt()
    {
        var spec = Edits.Plain with { Type = EditType.BackgroundRemoval, Prompt = null, Size = new(100, 100), Count = 3 };
        var plan = EditPlanner.Plan(spec, new CapabilityTable(LocalModels.Known, []).For(LocalModels.BackgroundRemoval));

        plan.IsRefused.ShouldBeFalse();
        (plan.Rendering!.Size, plan.Rendering.Fit).ShouldBe((new PictureSize(100, 100), AnswerFit.Pad));
        plan.PicturesPerCall.ShouldBe(1);
    }

    private static PlanAction ActionOf(EditSpec spec, string model, string parameter)
        => EditPlanner.Plan(spec, new CapabilityTable(LocalModels.Known, []).For(model)).Parameters.Single(p => p.Parameter == parameter).Action;
}
