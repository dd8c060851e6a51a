using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Domain.Tests.Plans;

public sealed class EditPlannerTests
{
    private static readonly ModelCapabilities Remover = Wishes.Bare with { Prompt = PromptUse.Unread, Types = [EditType.BackgroundRemoval] };

    [Fact]
    public void Plan_WhenNothingIsAsked_SendsTheEditAsItIsAndDrawsNothing()
    {
        var plan = EditPlanner.Plan(Wishes.Plain, Wishes.Bare);

        plan.Parameters.Select(p => (p.Parameter, p.Action)).ShouldBe(
            [("image", PlanAction.Honour), ("prompt", PlanAction.Honour), ("n", PlanAction.Honour), ("response_format", PlanAction.Emulate)]);
        plan.Rendering.ShouldBeNull();
        plan.Sent.ShouldBe(Wishes.Plain);
    }

    [Theory]
    [InlineData(EditType.Inpainting, true, "bare", PlanAction.Emulate)]
    [InlineData(EditType.Inpainting, true, "soft", PlanAction.Honour)]
    [InlineData(EditType.Inpainting, false, "soft", PlanAction.Refuse)]
    [InlineData(EditType.Outpainting, true, "soft", PlanAction.Emulate)]
    [InlineData(EditType.Outpainting, true, "bare", PlanAction.Refuse)]
    [InlineData(EditType.Outpainting, false, "soft", PlanAction.Refuse)]
    [InlineData(EditType.BackgroundRemoval, false, "soft", PlanAction.Emulate)]
    [InlineData(EditType.BackgroundRemoval, false, "bare", PlanAction.Refuse)]
    [InlineData(EditType.BackgroundRemoval, false, "remover", PlanAction.Honour)]
    [InlineData(EditType.Inpainting, true, "remover", PlanAction.Refuse)]
    public void Plan_WhenTypeIsNamed_KnowsWhetherItCanBeHad(EditType type, bool mask, string model, PlanAction action)
        => Row((mask ? Wishes.Masked : Wishes.Plain) with { Type = type }, Named(model), "type").ShouldBe(action);

    [Fact]
    public void Plan_WhenASpecialistIsToldNothing_RefusesPromptsButTakesWhatItWorksOn()
    {
        var filler = Remover with { Types = [EditType.Inpainting], Mask = MaskObedience.Exact, MaskForm = MaskForm.Given };
        var extender = Remover with { Types = [EditType.Outpainting] };

        Row(Wishes.Plain, Remover, "type").ShouldBe(PlanAction.Refuse);
        Row(Wishes.Plain, filler, "type").ShouldBe(PlanAction.Refuse);
        Row(Wishes.Plain, extender, "type").ShouldBe(PlanAction.Refuse);
        EditPlanner.Plan(Wishes.Masked, filler).IsRefused.ShouldBeFalse();
        EditPlanner.Plan(Wishes.Plain with { Size = new(1300, 800) }, extender).IsRefused.ShouldBeFalse();
        EditPlanner.Plan(Wishes.Plain with { Size = new(1200, 800) }, extender).IsRefused.ShouldBeTrue();
    }

    [Fact]
    public void Plan_WhenABackgroundIsRemovedByPrompt_AsksForTransparencyAndSaysWhatToDo()
    {
        var sent = EditPlanner.Plan(Wishes.Plain with { Type = EditType.BackgroundRemoval, Prompt = null }, Wishes.Soft).Sent!;

        sent.Background.ShouldBe("transparent");
        sent.OutputFormat.ShouldBe("png");
        sent.Prompt.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("opaque", null, "background", PlanAction.Refuse)]
    [InlineData("transparent", null, "background", PlanAction.Honour)]
    [InlineData(null, "jpeg", "output_format", PlanAction.Refuse)]
    [InlineData(null, "webp", "output_format", PlanAction.Honour)]
    public void Plan_WhenABackgroundIsRemoved_RefusesWhatContradicts(string? background, string? format, string parameter, PlanAction action)
        => Row(Wishes.Plain with { Type = EditType.BackgroundRemoval, Background = background, OutputFormat = format }, Wishes.Soft, parameter).ShouldBe(action);

    [Theory]
    [InlineData("bare", PlanAction.Emulate, true)]
    [InlineData("soft", PlanAction.Emulate, true)]
    [InlineData("hard", PlanAction.Emulate, false)]
    [InlineData("remover", PlanAction.Refuse, false)]
    public void Plan_WhenMaskIsGiven_PutsBackWhatAModelCannotBeTrustedToKeep(string model, PlanAction action, bool putsBack)
    {
        var plan = EditPlanner.Plan(Wishes.Masked, Named(model));

        plan.Parameters.Single(p => p.Parameter == "mask").Action.ShouldBe(action);
        (plan.Rendering?.PutsBack ?? false).ShouldBe(putsBack);
    }

    [Fact]
    public void Plan_WhenTheModelNeedsAMask_RefusesAnEditWithoutOne()
    {
        var filler = Wishes.Hard with { NeedsMask = true };

        Row(Wishes.Plain, filler, "mask").ShouldBe(PlanAction.Refuse);
        EditPlanner.Plan(Wishes.Masked, filler).IsRefused.ShouldBeFalse();
        EditPlanner.Plan(Wishes.Plain with { Type = EditType.Outpainting, Size = new(2000, 1000) }, filler).IsRefused.ShouldBeFalse();
    }

    [Theory]
    [InlineData(1024, 1024, 1024, 1024)]
    [InlineData(1600, 900, 1344, 768)]
    public void Plan_WhenTheModelIsToldProportionsOnly_BringsTheAnswerToTheSizeWhateverComes(int width, int height, int sentWidth, int sentHeight)
    {
        var told = Wishes.Bare with { Sizes = new ModelSizes.Near([new(1024, 1024), new(1344, 768)]) };

        var plan = EditPlanner.Plan(Wishes.Plain with { Size = new(width, height) }, told);

        plan.Parameters.Single(p => p.Parameter == "size").Action.ShouldBe(PlanAction.Emulate);
        plan.Sent!.Size.ShouldBe(new PictureSize(sentWidth, sentHeight));
        plan.Rendering!.Size.ShouldBe(new PictureSize(width, height));
    }

    [Fact]
    public void Plan_WhenAMaskFitsAsItIs_SendsItUntouchedAndAsksForItsSize()
    {
        var free = Wishes.Soft with { Sizes = new ModelSizes.Any() };
        var plan = EditPlanner.Plan(Wishes.Masked, free);

        plan.Sent!.Mask.ShouldBe(Wishes.Masked.Mask);
        plan.Sent.Size.ShouldBe(new PictureSize(1200, 800));
        plan.Rendering!.DrawsRequest.ShouldBeFalse();
        plan.Rendering.Layout.ShouldBe(new(new(0, 0, 1200, 800), new(1200, 800), new(0, 0, 1200, 800), new(1200, 800), new(0, 0, 1200, 800)));
        plan.Rendering.Format.ShouldBe(PictureFormat.Png);
    }

    [Fact]
    public void Plan_WhenAMaskedPictureHasAnotherSize_LaysItIntoTheNearestOne()
    {
        var plan = EditPlanner.Plan(Wishes.Masked, Wishes.Soft);

        plan.Sent!.Size.ShouldBe(new PictureSize(1536, 1024));
        plan.Sent.Mask.ShouldBeNull();
        plan.Rendering!.Mask.ShouldBe(MaskForm.Alpha);
        plan.Rendering.Sources.ShouldBe([SourceTreatment.Draw]);
        plan.Rendering.Layout!.Answer.ShouldBe(new PictureSize(1200, 800));
        plan.Rendering.Layout.Window.ShouldBe(new PictureArea(0, 0, 1536, 1024));
    }

    [Fact]
    public void Plan_WhenThePictureIsTransparentWhereItIsToBeFilled_TakesThatForTheMask()
    {
        var spec = Wishes.Plain.With(Wishes.Clear) with { Type = EditType.Inpainting };

        EditPlanner.Plan(spec, Wishes.Soft with { Sizes = new ModelSizes.Any() }).Sent!.Mask.ShouldBe(spec.Images[0]);
        Row(Wishes.Plain with { Type = EditType.Inpainting }, Wishes.Soft, "type").ShouldBe(PlanAction.Refuse);
    }

    [Fact]
    public void Plan_WhenExtended_PutsThePictureIntoTheMiddlePixelForPixel()
    {
        var plan = EditPlanner.Plan(Wishes.Plain with { Type = EditType.Outpainting, Size = new(2000, 1000) }, Wishes.Soft);

        plan.IsRefused.ShouldBeFalse();
        plan.Rendering!.Layout!.Place.ShouldBe(new(400, 100, 1200, 800));
        plan.Rendering.Layout.Answer.ShouldBe(new PictureSize(2000, 1000));
        plan.Rendering.Layout.Sent.ShouldBe(new PictureSize(1536, 1024));
        plan.Rendering.Layout.Window.ShouldBe(new(0, 128, 1536, 768));
        plan.Rendering.Mask.ShouldBe(MaskForm.Alpha);
        plan.Rendering.PutsBack.ShouldBeTrue();
    }

    [Theory]
    [InlineData(6, "jpeg", SourceTreatment.Draw)]
    [InlineData(1, "jpeg", SourceTreatment.Keep)]
    [InlineData(1, "webp", SourceTreatment.Draw)]
    public void Plan_WhenAPictureDoesNotSuitTheModel_DrawsIt(int orientation, string format, SourceTreatment treatment)
    {
        var facts = Wishes.Opaque with { Orientation = orientation, Format = format == "webp" ? PictureFormat.Webp : PictureFormat.Jpeg };
        var plan = EditPlanner.Plan(Wishes.Plain.With(facts), Wishes.Bare with { Inputs = [PictureFormat.Png, PictureFormat.Jpeg] });

        (plan.Rendering?.Sources[0] ?? SourceTreatment.Keep).ShouldBe(treatment);
    }

    [Theory]
    [InlineData(1024, 1024, PlanAction.Honour, null)]
    [InlineData(512, 512, PlanAction.Emulate, "1024x1024")]
    [InlineData(900, 600, PlanAction.Emulate, "1536x1024")]
    [InlineData(600, 900, PlanAction.Emulate, "1024x1536")]
    public void Plan_WhenASizeIsNotMade_AsksForTheNearestAndCutsIt(int width, int height, PlanAction action, string? made)
    {
        var plan = EditPlanner.Plan(Wishes.Plain with { Size = new(width, height) }, Wishes.Soft);

        plan.Parameters.Single(p => p.Parameter == "size").Action.ShouldBe(action);
        plan.Sent!.Size.ToString().ShouldBe(made ?? $"{width}x{height}");
        plan.Rendering?.Size.ShouldBe(new PictureSize(width, height));
    }

    [Fact]
    public void Plan_WhenTheAnswerIsTransparent_PadsInsteadOfCutting()
        => EditPlanner.Plan(Wishes.Plain with { Size = new(900, 300), Background = "transparent" }, Wishes.Soft).Rendering!.Fit.ShouldBe(AnswerFit.Pad);

    [Theory]
    [InlineData("soft", "webp", PlanAction.Honour)]
    [InlineData("bare", "webp", PlanAction.Emulate)]
    [InlineData("bare", "svg", PlanAction.Refuse)]
    public void Plan_WhenAnEncodingIsAsked_MakesItWhereTheModelDoesNot(string model, string format, PlanAction action)
        => Row(Wishes.Plain with { OutputFormat = format }, Named(model), "output_format").ShouldBe(action);

    [Theory]
    [InlineData("soft", "jpeg", PlanAction.Honour)]
    [InlineData("bare", "jpeg", PlanAction.Emulate)]
    [InlineData("soft", "png", PlanAction.Warn)]
    [InlineData("soft", null, PlanAction.Warn)]
    public void Plan_WhenCompressionIsAsked_NeedsALossyEncoding(string model, string? format, PlanAction action)
        => Row(Wishes.Plain with { OutputFormat = format, OutputCompression = 50 }, Named(model), "output_compression").ShouldBe(action);

    [Theory]
    [InlineData("bare", 1, PlanAction.Honour)]
    [InlineData("bare", 3, PlanAction.Emulate)]
    [InlineData("soft", 10, PlanAction.Honour)]
    public void Plan_WhenSeveralPicturesAreAsked_FansOut(string model, int count, PlanAction action)
        => Row(Wishes.Plain with { Count = count }, Named(model), "n").ShouldBe(action);

    [Fact]
    public void Plan_WhenWatched_MakesOnePictureACall()
    {
        EditPlanner.Plan(Wishes.Plain with { Stream = true, Count = 2 }, Wishes.Soft).PicturesPerCall.ShouldBe(1);
        Row(Wishes.Plain with { Stream = true }, Wishes.Bare, "stream").ShouldBe(PlanAction.Emulate);
        Row(Wishes.Plain with { Stream = true, PartialImages = 2 }, Wishes.Bare, "partial_images").ShouldBe(PlanAction.Warn);
    }

    private static PlanAction Row(EditSpec spec, ModelCapabilities model, string parameter)
        => EditPlanner.Plan(spec, model).Parameters.Single(p => p.Parameter == parameter).Action;

    private static ModelCapabilities Named(string name) => name switch
    {
        "soft" => Wishes.Soft,
        "hard" => Wishes.Hard,
        "remover" => Remover,
        _ => Wishes.Bare,
    };
}
