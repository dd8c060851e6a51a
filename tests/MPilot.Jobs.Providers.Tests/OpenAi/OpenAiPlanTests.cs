using System.Collections.Immutable;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Providers.OpenAi;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Providers.Tests.OpenAi;

public sealed class OpenAiPlanTests
{
    private const string AnyServer = "flux-kontext";

    [Theory]
    [InlineData("gpt-image-1", "1024x1024", PlanAction.Honour)]
    [InlineData("gpt-image-1", "1536x1024", PlanAction.Honour)]
    [InlineData("gpt-image-1.5-2025-12-16", "512x512", PlanAction.Refuse)]
    [InlineData("chatgpt-image-latest", "2048x2048", PlanAction.Refuse)]
    [InlineData("gpt-image-2", "512x512", PlanAction.Refuse)]
    [InlineData("gpt-image-2", "1024x640", PlanAction.Honour)]
    [InlineData("gpt-image-2", "1024x624", PlanAction.Refuse)]
    [InlineData("gpt-image-2", "1025x1024", PlanAction.Refuse)]
    [InlineData("gpt-image-2", "3840x2160", PlanAction.Honour)]
    [InlineData("gpt-image-2", "2160x3840", PlanAction.Honour)]
    [InlineData("gpt-image-2", "3856x2128", PlanAction.Refuse)]
    [InlineData("gpt-image-2", "3072x1024", PlanAction.Honour)]
    [InlineData("gpt-image-2", "3088x1024", PlanAction.Refuse)]
    [InlineData("gpt-image-2.6-flare", "3840x2176", PlanAction.Refuse)]
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
    [InlineData(null, "png", "output_format", PlanAction.Honour)]
    [InlineData(null, "jpeg", "output_format", PlanAction.Honour)]
    [InlineData(null, "svg", "output_format", PlanAction.Refuse)]
    [InlineData("transparent", "jpeg", "output_format", PlanAction.Refuse)]
    [InlineData("transparent", "webp", "output_format", PlanAction.Honour)]
    [InlineData("transparent", null, "background", PlanAction.Honour)]
    [InlineData("opaque", "jpeg", "output_format", PlanAction.Honour)]
    [InlineData("checkered", null, "background", PlanAction.Refuse)]
    public void Plan_WhenBackgroundMeetsFormat_RefusesWhatCannotBe(string? background, string? format, string parameter, PlanAction action)
        => Row(Edits.Plain with { Background = background, OutputFormat = format }, parameter).ShouldBe(action);

    [Theory]
    [InlineData("jpeg", PlanAction.Honour)]
    [InlineData("webp", PlanAction.Honour)]
    [InlineData("png", PlanAction.Warn)]
    [InlineData(null, PlanAction.Warn)]
    public void Plan_WhenCompressionIsAsked_HonoursItForLossyFormats(string? format, PlanAction action)
        => Row(Edits.Plain with { OutputFormat = format, OutputCompression = 50 }, "output_compression").ShouldBe(action);

    [Theory]
    [InlineData(EditType.Inpainting, true, PlanAction.Honour)]
    [InlineData(EditType.Inpainting, false, PlanAction.Refuse)]
    [InlineData(EditType.BackgroundRemoval, false, PlanAction.Emulate)]
    [InlineData(EditType.Outpainting, true, PlanAction.Refuse)]
    public void Plan_WhenTypeIsNamed_KnowsWhatItNeeds(EditType type, bool mask, PlanAction action)
        => Row(Edits.Plain with { Type = type, Mask = mask ? Edits.Picture("m", Edits.Png) : null }, "type").ShouldBe(action);

    [Fact]
    public void Plan_WhenBackgroundIsRemoved_RefusesWhatContradicts()
    {
        var removal = Edits.Plain with { Type = EditType.BackgroundRemoval };

        Row(removal with { Background = "opaque" }, "background").ShouldBe(PlanAction.Refuse);
        Row(removal with { Background = "transparent" }, "background").ShouldBe(PlanAction.Honour);
        Row(removal with { OutputFormat = "jpeg" }, "output_format").ShouldBe(PlanAction.Refuse);
    }

    public static TheoryData<string, PlanAction> Masks() => new()
    {
        { "png", PlanAction.Honour },
        { "no alpha", PlanAction.Refuse },
        { "webp", PlanAction.Refuse },
        { "other size", PlanAction.Refuse },
        { "polarity", PlanAction.Refuse },
    };

    [Theory]
    [MemberData(nameof(Masks))]
    public void Plan_WhenMaskIsGiven_HonoursOnlyWhatCanBeSentAsItIs(string mask, PlanAction action)
    {
        var facts = mask switch
        {
            "no alpha" => Edits.Png with { HasAlpha = false },
            "webp" => Edits.Png with { Format = PictureFormat.Webp },
            "other size" => Edits.Png with { Stored = new(48, 64) },
            _ => Edits.Png,
        };
        var spec = Edits.Plain with { Mask = Edits.Picture("m", facts), MaskPolarity = mask == "polarity" ? MaskPolarity.Black : null };

        Row(spec, "mask").ShouldBe(action);
    }

    [Fact]
    public void Plan_WhenFieldIsUnknown_HonoursOnlyDeclaredOnes()
    {
        var spec = Edits.Plain with { Extra = ImmutableDictionary<string, string>.Empty.Add("moderation", "low").Add("strength", "1") };

        Row(spec, "moderation").ShouldBe(PlanAction.Honour);
        Row(spec, "strength").ShouldBe(PlanAction.Warn);
    }

    [Fact]
    public void Plan_WhenPicturesAreManyOrFew_KnowsTheLimits()
    {
        var many = Edits.Plain with { Images = [.. Enumerable.Repeat(Edits.Picture("a", Edits.Png), 17)] };

        Row(many, "image").ShouldBe(PlanAction.Refuse);
        Row(many with { Images = many.Images[..16] }, "image").ShouldBe(PlanAction.Honour);
        OpenAiPlan.For(Edits.Plain, OpenAiCapabilities.For("gpt-image-2", OpenAiCapabilities.Known)).PicturesPerCall.ShouldBe(10);
    }

    private static PlanAction Row(EditSpec spec, string parameter, string model = "gpt-image-2")
        => OpenAiPlan.For(spec, OpenAiCapabilities.For(model, OpenAiCapabilities.Known)).Parameters.Single(p => p.Parameter == parameter).Action;
}
