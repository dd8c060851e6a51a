using System.Collections.Immutable;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Providers.Local;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Providers.Tests.Local;

public sealed class LocalDriverTests
{
    private static readonly EditSpec Removal = Edits.Plain with { Type = EditType.BackgroundRemoval, Prompt = null };

    private readonly ScriptedEditor _editor = new();
    private readonly MemoryPictures _pictures = new() { FirstByte = 0x89 };
    private readonly LocalDriver _driver;

    public LocalDriverTests() => _driver = new(_editor, new(LocalModels.Known, []));

    public static TheoryData<string, string, PlanAction> Rows() => new()
    {
        { "type none", "type", PlanAction.Refuse },
        { "type inpainting", "type", PlanAction.Refuse },
        { "type removal", "type", PlanAction.Honour },
        { "prompt", "prompt", PlanAction.Warn },
        { "mask", "mask", PlanAction.Refuse },
        { "polarity alone", "mask_polarity", PlanAction.Warn },
        { "two pictures", "image", PlanAction.Refuse },
        { "three answers", "n", PlanAction.Emulate },
        { "own size", "size", PlanAction.Honour },
        { "own size turned", "size", PlanAction.Emulate },
        { "png", "output_format", PlanAction.Honour },
        { "webp", "output_format", PlanAction.Honour },
        { "jpeg", "output_format", PlanAction.Refuse },
        { "webp", "output_compression", PlanAction.Honour },
        { "png", "output_compression", PlanAction.Warn },
        { "transparent", "background", PlanAction.Honour },
        { "opaque", "background", PlanAction.Refuse },
        { "hints", "quality", PlanAction.Warn },
        { "hints", "seed", PlanAction.Warn },
        { "hints", "num_inference_steps", PlanAction.Warn },
        { "hints", "negative_prompt", PlanAction.Warn },
        { "hints", "input_fidelity", PlanAction.Warn },
        { "hints", "user", PlanAction.Warn },
        { "hints", "strength", PlanAction.Warn },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Plan_WhenParameterIsPresent_HasItsRow(string name, string parameter, PlanAction action)
    {
        var turned = Removal with { Images = [Edits.Picture("a", Edits.Jpeg)] };
        var spec = name switch
        {
            "type none" => Removal with { Type = null },
            "type inpainting" => Removal with { Type = EditType.Inpainting },
            "prompt" => Removal with { Prompt = "p" },
            "mask" => Removal with { Mask = Edits.Picture("m", Edits.Png) },
            "polarity alone" => Removal with { MaskPolarity = MaskPolarity.White },
            "two pictures" => Removal with { Images = [Edits.Picture("a", Edits.Png), Edits.Picture("b", Edits.Png)] },
            "three answers" => Removal with { Count = 3 },
            "own size" => turned with { Size = new(48, 64) },
            "own size turned" => turned with { Size = new(64, 48) },
            "png" or "webp" or "jpeg" => Removal with { OutputFormat = name, OutputCompression = 50 },
            "transparent" or "opaque" => Removal with { Background = name },
            "hints" => Edits.Full with { Extra = ImmutableDictionary<string, string>.Empty.Add("strength", "1") },
            _ => Removal,
        };

        var plan = _driver.Plan(spec, LocalModels.BackgroundRemoval);

        plan.Parameters.Single(p => p.Parameter == parameter).Action.ShouldBe(action);
        plan.PicturesPerCall.ShouldBe(1);
    }

    [Fact]
    public void Unavailable_WhenEditorCannotWork_SaysWhy()
    {
        _editor.Unavailable = "libvips is missing";

        _driver.Unavailable.ShouldBe("libvips is missing");
    }

    [Fact]
    public void Serves_WhenModelIsAnother_DoesNot()
    {
        _driver.Serves("background-removal").ShouldBeTrue();
        _driver.Serves("inpainting").ShouldBeTrue();
        _driver.Serves("outpainting").ShouldBeTrue();
        _driver.Serves("gpt-image-2").ShouldBeFalse();
    }

    [Fact]
    public async Task SendAsync_WhenEditorAnswers_DeliversItsBytes()
    {
        var source = _pictures.Add("a", [5, 6, 7], Edits.Png);
        var spec = Removal with { Images = [source], OutputFormat = "webp", OutputCompression = 60 };

        var delivered = (await SendAsync(spec)).ShouldBeOfType<DriverAnswer.Delivered>();

        _editor.Source.ShouldBe([5, 6, 7]);
        _editor.Encoding.ShouldBe(new(PictureFormat.Webp, 60));
        _pictures.Writers.ShouldHaveSingleItem().ToArray().ShouldBe(_editor.Answer);
        _pictures.Writers[0].IsDisposed.ShouldBeFalse();
        delivered.Background.ShouldBe("transparent");
    }

    [Fact]
    public async Task SendAsync_WhenPictureIsDamaged_BlamesTheInput()
    {
        _editor.Undecodable = true;

        var failed = (await SendAsync(Removal)).ShouldBeOfType<DriverAnswer.Failed>();

        failed.Failure.Kind.ShouldBe(FailureKind.InvalidInput);
        _pictures.Writers.ShouldHaveSingleItem().IsDisposed.ShouldBeTrue();
    }

    [Fact]
    public async Task SendAsync_WhenEditorAnswersNoPicture_IsBroken()
    {
        _editor.Answer = [1, 2];

        var failed = (await SendAsync(Removal)).ShouldBeOfType<DriverAnswer.Failed>();

        failed.Failure.Kind.ShouldBe(FailureKind.Broken);
        _pictures.Writers.ShouldHaveSingleItem().IsDisposed.ShouldBeTrue();
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("jpeg", 70)]
    public async Task SendAsync_WhenInpainting_HandsOnPictureMaskAndPolarity(string? format, int? quality)
    {
        var source = _pictures.Add("a", [5, 6, 7], Edits.Jpeg);
        var spec = new EditSpec
        {
            Images = [source], Mask = _pictures.Add("m", [8, 9], Edits.Png), MaskPolarity = MaskPolarity.Black, OutputFormat = format, OutputCompression = quality,
        };

        var delivered = (await SendAsync(spec, LocalModels.Inpainting)).ShouldBeOfType<DriverAnswer.Delivered>();

        (_editor.Asked, _editor.Polarity).ShouldBe(("inpainting", MaskPolarity.Black));
        _editor.Source.ShouldBe([5, 6, 7]);
        _editor.Mask.ShouldBe([8, 9]);
        _editor.Encoding.ShouldBe(format is null ? new(PictureFormat.Png) : new(PictureFormat.Jpeg, 70));
        delivered.Background.ShouldBeNull();
        var more = format is null ? "" : ",\"output_format\":\"jpeg\",\"output_compression\":\"70\"";
        _pictures.Shown.ShouldHaveSingleItem().ShouldBe(new(
            WireSide.Request, $$"""{"model":"inpainting","image":"<jpeg, 3 bytes>","mask":"<png, 2 bytes>","mask_polarity":"black"{{more}}}"""));
    }

    [Fact]
    public async Task SendAsync_WhenOutpainting_HandsOnTheSize()
    {
        var spec = Edits.Plain with { Images = [_pictures.Add("a", [5], Edits.Jpeg)], Size = new(100, 90) };

        (await SendAsync(spec, LocalModels.Outpainting)).ShouldBeOfType<DriverAnswer.Delivered>();

        _editor.Asked.ShouldBe("outpainting to 100x90");
    }

    [Fact]
    public async Task SendAsync_WhenEditIsImpossible_BlamesTheInputAndSaysWhy()
    {
        _editor.Impossible = "The mask marks nothing to fill.";

        var failed = (await SendAsync(Removal)).ShouldBeOfType<DriverAnswer.Failed>();

        failed.Failure.ShouldBe(new(FailureKind.InvalidInput, Message: "The mask marks nothing to fill."));
        _pictures.Writers.ShouldHaveSingleItem().IsDisposed.ShouldBeTrue();
    }

    private Task<DriverAnswer> SendAsync(EditSpec spec, string model = LocalModels.BackgroundRemoval)
    {
        if (spec.Images[0].Artifact.Length == 10)
        {
            _pictures.Add("a", new byte[10], Edits.Png);
        }

        return _driver.SendAsync(new(spec, model, 1, ""), _pictures, default);
    }
}
