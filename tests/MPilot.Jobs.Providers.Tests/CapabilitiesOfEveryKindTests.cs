using System.Collections.Immutable;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Providers.Local;
using MPilot.Jobs.Providers.OpenAi;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Providers.Tests;

/// <summary>What models are said to be able to do is what a plan says of an edit that asks for it, and the other way round.</summary>
public sealed class CapabilitiesOfEveryKindTests
{
    public static TheoryData<string, string> Models()
    {
        var data = new TheoryData<string, string>();
        foreach (var model in LocalModels.All)
        {
            data.Add("local", model);
        }

        foreach (var model in OpenAiCapabilities.KnownModels.Concat(["gpt-image-1", "gpt-image-1-mini", "gpt-image-1.5", "chatgpt-image-latest", "flux"]))
        {
            data.Add("openai", model);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Operations_WhenAsked_AreThoseAPlanDoesNotRefuse(string kind, string model)
    {
        var said = Describe(kind, model).Operations;

        foreach (var operation in new[] { "edit", "inpainting", "outpainting", "background_removal" })
        {
            Plan(kind, model, Asking(operation)).IsRefused.ShouldBe(!said.Contains(operation), operation);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Mask_WhenAsked_IsTakenOrRefused(string kind, string model)
        => Row(kind, model, Possible(kind, model) with { Mask = Edits.Picture("m", Edits.Png) }, "mask")
            .ShouldBe(Describe(kind, model).Mask ? PlanAction.Honour : PlanAction.Refuse);

    [Theory]
    [MemberData(nameof(Models))]
    public void MaxImages_WhenPassed_IsRefused(string kind, string model)
    {
        var most = Describe(kind, model).MaxImages;

        Row(kind, model, With(most), "image").ShouldBe(PlanAction.Honour);
        Row(kind, model, With(most + 1), "image").ShouldBe(PlanAction.Refuse);

        EditSpec With(int images) => Possible(kind, model) with { Images = [.. Enumerable.Repeat(Edits.Picture("a", Edits.Png), images)] };
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Sizes_WhenCounted_AreThoseAPlanHonours(string kind, string model)
    {
        if (Describe(kind, model).Sizes is not { } sizes)
        {
            return;
        }

        foreach (var size in new[] { "256x256", "1024x1024", "1536x1024", "1024x1536", "1008x1008", "3840x2160" })
        {
            PictureSize.TryParse(size, out var wanted).ShouldBeTrue();
            Row(kind, model, Possible(kind, model) with { Size = wanted }, "size")
                .ShouldBe(sizes.Contains(size) ? PlanAction.Honour : PlanAction.Refuse, size);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Values_WhenListed_AreThoseAPlanHonours(string kind, string model)
    {
        var said = Describe(kind, model);
        Check(said.Qualities, "quality", ["low", "medium", "high", "standard", "xhigh", "max"], (s, v) => s with { Quality = v });
        Check(said.InputFidelities, "input_fidelity", ["low", "high"], (s, v) => s with { InputFidelity = v });
        Check(said.Backgrounds, "background", ["transparent", "opaque"], (s, v) => s with { Background = v });
        Check(said.OutputFormats, "output_format", ["png", "jpeg", "webp"], (s, v) => s with { OutputFormat = v });

        void Check(ImmutableArray<string>? listed, string field, string[] values, Func<EditSpec, string, EditSpec> with)
        {
            foreach (var value in values.Where(_ => listed is not null))
            {
                var honoured = Row(kind, model, with(Possible(kind, model), value), field) == PlanAction.Honour;
                honoured.ShouldBe(listed!.Value.Contains(value), $"{field}={value}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void PartialImages_WhenAsked_AreHonouredOrNot(string kind, string model)
        => (Row(kind, model, Possible(kind, model) with { Stream = true, PartialImages = 2 }, "partial_images") == PlanAction.Honour)
            .ShouldBe(Describe(kind, model).PartialImages);

    /// <summary>An edit of an opaque picture that the model can do.</summary>
    private static EditSpec Possible(string kind, string model) => Asking(Describe(kind, model).Operations[0]);

    private static EditSpec Asking(string operation)
    {
        var opaque = Edits.Plain with { Images = [Edits.Picture("a", Edits.Png with { HasAlpha = false })] };
        return operation switch
        {
            "inpainting" => opaque with { Type = EditType.Inpainting, Mask = Edits.Picture("m", Edits.Png) },
            "outpainting" => opaque with { Type = EditType.Outpainting, Size = new(1024, 1024) },
            "background_removal" => opaque with { Type = EditType.BackgroundRemoval, Prompt = null },
            _ => opaque,
        };
    }

    private static PlanAction? Row(string kind, string model, EditSpec spec, string parameter)
        => Plan(kind, model, spec).Parameters.Single(p => p.Parameter == parameter).Action;

    private static ModelCapabilities Describe(string kind, string model)
        => kind == "local" ? LocalModels.Describe(model) : OpenAiCapabilities.For(model, OpenAiCapabilities.Known).ToModel();

    private static EditPlan Plan(string kind, string model, EditSpec spec)
        => kind == "local" ? LocalPlan.For(spec, model, unavailable: null) : OpenAiPlan.For(spec, OpenAiCapabilities.For(model, OpenAiCapabilities.Known));
}
