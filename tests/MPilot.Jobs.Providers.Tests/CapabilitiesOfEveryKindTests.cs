using System.Collections.Immutable;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Providers.Local;
using MPilot.Jobs.Providers.OpenAi;
using MPilot.Jobs.Providers.Replicate;

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

        foreach (var model in OpenAiModels.Named.Concat(["gpt-image-1", "gpt-image-1-mini", "gpt-image-1.5", "chatgpt-image-latest", "flux"]))
        {
            data.Add("openai", model);
        }

        foreach (var model in ReplicateModels.Named.Add("someone/something"))
        {
            data.Add("replicate", model);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void CanDo_WhenAsked_IsWhatAPlanDoesNotRefuse(string kind, string model)
    {
        foreach (var type in Enum.GetValues<EditType>())
        {
            Plan(kind, model, Asking(type)).IsRefused.ShouldBe(!Describe(kind, model).CanDo(type), type.ToString());
        }

        Plan(kind, model, Asking(null)).IsRefused.ShouldBe(!Describe(kind, model).EditsByPrompt);
    }

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
        if (Describe(kind, model).Sizes is not ModelSizes.Listed { Sizes: var sizes })
        {
            return;
        }

        foreach (var size in new[] { "256x256", "1024x1024", "1536x1024", "1024x1536", "1008x1008", "3840x2160" })
        {
            PictureSize.TryParse(size, out var wanted).ShouldBeTrue();
            Row(kind, model, Possible(kind, model) with { Size = wanted }, "size")
                .ShouldBe(sizes.Contains(wanted) ? PlanAction.Honour : PlanAction.Emulate, size);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Values_WhenListed_AreThoseAPlanHonours(string kind, string model)
    {
        var said = Describe(kind, model);
        Check(said.Qualities, "quality", ["low", "medium", "high", "standard", "xhigh", "max"], (s, v) => s with { Quality = v });
        Check(said.Fidelities, "input_fidelity", ["low", "high"], (s, v) => s with { InputFidelity = v });
        Check(said.KeepsTransparency ? null : said.Backgrounds, "background", ["transparent", "opaque"], (s, v) => s with { Background = v });

        // What is masked is drawn anew, and encoded by the service.
        Check(said.NeedsMask ? null : said.Outputs, "output_format", ["png", "jpeg", "webp"], (s, v) => s with { OutputFormat = v });

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
            .ShouldBe(Describe(kind, model).MaxPreviews > 0);

    /// <summary>An edit of an opaque picture that the model can do.</summary>
    private static EditSpec Possible(string kind, string model)
        => Asking(Describe(kind, model) switch
        {
            { IsSpecialist: true } specialist => specialist.Types[0],
            { NeedsMask: true } => EditType.Inpainting,
            _ => null,
        });

    private static EditSpec Asking(EditType? type)
    {
        var opaque = Edits.Plain with { Images = [Edits.Picture("a", Edits.Png with { HasAlpha = false })] };
        return type switch
        {
            EditType.Inpainting => opaque with { Type = type, Mask = Edits.Picture("m", Edits.Png) },
            EditType.Outpainting => opaque with { Type = type, Size = new(1024, 1024) },
            EditType.BackgroundRemoval => opaque with { Type = type, Prompt = null },
            _ => opaque,
        };
    }

    private static PlanAction? Row(string kind, string model, EditSpec spec, string parameter)
        => Plan(kind, model, spec).Parameters.Single(p => p.Parameter == parameter).Action;

    private static ModelCapabilities Describe(string kind, string model)
        => KnownModels.Of(kind).For(model);

    private static EditPlan Plan(string kind, string model, EditSpec spec) => EditPlanner.Plan(spec, Describe(kind, model));
}
