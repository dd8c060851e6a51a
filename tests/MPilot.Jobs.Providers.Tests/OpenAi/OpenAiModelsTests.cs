using System.Collections.Immutable;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Catalog;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Providers.OpenAi;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Providers.Tests.OpenAi;

public sealed class OpenAiModelsTests
{
    private const string AnyServer = "flux-kontext";

    [Theory]
    [InlineData("gpt-image-1", "1024x1024", PlanAction.Honour)]
    [InlineData("gpt-image-1", "1536x1024", PlanAction.Honour)]
    [InlineData("gpt-image-1.5-2025-12-16", "512x512", PlanAction.Emulate)]
    [InlineData("chatgpt-image-latest", "2048x2048", PlanAction.Emulate)]
    [InlineData("gpt-image-2", "512x512", PlanAction.Emulate)]
    [InlineData("gpt-image-2", "1024x640", PlanAction.Honour)]
    [InlineData("gpt-image-2", "1024x624", PlanAction.Emulate)]
    [InlineData("gpt-image-2", "1025x1024", PlanAction.Emulate)]
    [InlineData("gpt-image-2", "3840x2160", PlanAction.Honour)]
    [InlineData("gpt-image-2", "2160x3840", PlanAction.Honour)]
    [InlineData("gpt-image-2", "3856x2128", PlanAction.Emulate)]
    [InlineData("gpt-image-2", "3072x1024", PlanAction.Honour)]
    [InlineData("gpt-image-2", "3088x1024", PlanAction.Emulate)]
    [InlineData("gpt-image-2.6-flare", "3840x2176", PlanAction.Emulate)]
    [InlineData(AnyServer, "333x77", PlanAction.Honour)]
    public void Plan_WhenSizeIsAsked_KnowsWhatTheModelMakes(string model, string size, PlanAction action)
    {
        PictureSize.TryParse(size, out var parsed).ShouldBeTrue();
        Row(Edits.Plain with { Size = parsed }, "size", model).ShouldBe(action);
    }

    [Theory]
    [InlineData("gpt-image-2", "high", PlanAction.Honour)]
    [InlineData("gpt-image-2", "xhigh", PlanAction.Warn)]
    [InlineData("gpt-image-2-2026-04-21", "max", PlanAction.Warn)]
    [InlineData("gpt-image-2.5-sunburst", "max", PlanAction.Honour)]
    [InlineData("gpt-image-1", "standard", PlanAction.Warn)]
    [InlineData(AnyServer, "standard", PlanAction.Honour)]
    public void Plan_WhenQualityIsAsked_WarnsOfUnknownValues(string model, string quality, PlanAction action)
        => Row(Edits.Plain with { Quality = quality }, "quality", model).ShouldBe(action);

    [Theory]
    [InlineData("gpt-image-1", "high", PlanAction.Honour)]
    [InlineData("gpt-image-1.5", "low", PlanAction.Honour)]
    [InlineData("gpt-image-1-mini", "low", PlanAction.Honour)]
    [InlineData("gpt-image-1-mini", "high", PlanAction.Warn)]
    [InlineData("gpt-image-2", "high", PlanAction.Warn)]
    [InlineData(AnyServer, "high", PlanAction.Honour)]
    public void Plan_WhenFidelityIsAsked_WarnsWhereThereIsNone(string model, string fidelity, PlanAction action)
        => Row(Edits.Plain with { InputFidelity = fidelity }, "input_fidelity", model).ShouldBe(action);

    [Theory]
    [InlineData("checkered", "background", PlanAction.Refuse)]
    [InlineData("transparent", "background", PlanAction.Honour)]
    public void Plan_WhenBackgroundIsAsked_KnowsTheModels(string background, string parameter, PlanAction action)
        => Row(Edits.Plain with { Background = background }, parameter).ShouldBe(action);

    [Fact]
    public void Plan_WhenFieldIsUnknown_HonoursOnlyDeclaredOnes()
    {
        var spec = Edits.Plain with { Extra = ImmutableDictionary<string, string>.Empty.Add("strength", "1") };

        Row(spec, "strength").ShouldBe(PlanAction.Warn);
        Row(spec, "strength", AnyServer, new CapabilityOptions { Extras = ["strength"] }).ShouldBe(PlanAction.Honour);
    }

    [Fact]
    public void Plan_WhenPicturesAreManyOrFew_KnowsTheLimits()
    {
        var many = Edits.Plain with { Images = [.. Enumerable.Repeat(Edits.Picture("a", Edits.Png), 17)] };

        Row(many, "image").ShouldBe(PlanAction.Refuse);
        Row(many with { Images = many.Images[..16] }, "image").ShouldBe(PlanAction.Honour);
        EditPlanner.Plan(Edits.Plain, new CapabilityTable(OpenAiModels.Known, []).For("gpt-image-2")).PicturesPerCall.ShouldBe(10);
    }

    [Fact]
    public void Plan_WhenConfiguredForAnotherServer_FollowsTheConfiguration()
    {
        var server = new CapabilityOptions { Models = "flux-*", Mask = "exact", MaskForm = "white", Seed = true, Streams = false, Sizes = ["512x512"] };

        Row(Edits.Plain with { Seed = 7 }, "seed", AnyServer, server).ShouldBe(PlanAction.Honour);
        Row(Edits.Plain with { Seed = 7 }, "seed", "gpt-image-2", server).ShouldBe(PlanAction.Warn);
        Row(Edits.Plain with { Stream = true }, "stream", AnyServer, server).ShouldBe(PlanAction.Emulate);
        Row(Edits.Plain with { Size = new(600, 600) }, "size", AnyServer, server).ShouldBe(PlanAction.Emulate);
        var masked = Edits.Plain with { Mask = Edits.Picture("m", Edits.Png) };
        EditPlanner.Plan(masked, new CapabilityTable(OpenAiModels.Known, [server]).For(AnyServer)).Rendering!.Mask.ShouldBe(MaskForm.White);
    }

    private static PlanAction Row(EditSpec spec, string parameter, string model = "gpt-image-2", params CapabilityOptions[] configured)
        => EditPlanner.Plan(spec, new CapabilityTable(OpenAiModels.Known, configured).For(model)).Parameters.Single(p => p.Parameter == parameter).Action;
}
