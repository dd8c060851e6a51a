using System.Collections.Immutable;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Providers.Replicate;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Providers.Tests.Replicate;

/// <summary>What a plan says is sent is what arrives, by names that the model takes.</summary>
public sealed class ReplicateConformanceTests
{
    private const string Remover = "851-labs/background-remover:a029dff38972b5fda4ec5d75d7d1cd25aeff621d2cf4946a41055d7db66b80bc";

    public static TheoryData<string, string> Requests() => new()
    {
        { "black-forest-labs/flux-kontext-pro", "aspect_ratio=match_input_image input_image=PICTURE output_format=jpg prompt=make it blue prompt_upsampling=true safety_tolerance=2 seed=7" },
        { "black-forest-labs/flux-kontext-max", "aspect_ratio=match_input_image input_image=PICTURE output_format=jpg prompt=make it blue prompt_upsampling=true safety_tolerance=2 seed=7" },
        { "black-forest-labs/flux-fill-pro", "guidance=3.5 image=PICTURE output_format=jpg prompt=make it blue prompt_upsampling=true safety_tolerance=2 seed=7 steps=20" },
        { "black-forest-labs/flux-fill-dev", "guidance=3.5 image=PICTURE num_inference_steps=20 num_outputs=1 output_format=jpg output_quality=80 prompt=make it blue seed=7" },
        { "black-forest-labs/flux-2-pro", "aspect_ratio=match_input_image input_images=PICTURES output_format=jpg output_quality=80 prompt=make it blue prompt_upsampling=true resolution=match_input_image safety_tolerance=2 seed=7" },
        { "google/nano-banana-pro", "aspect_ratio=match_input_image image_input=PICTURES output_format=jpg prompt=make it blue resolution=1K" },
        { "bria/remove-background", "image=PICTURE preserve_partial_alpha=true" },
        { Remover, "image=PICTURE threshold=0.5" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task SendAsync_WhenEverythingIsAsked_SendsWhatThePlanSaysByTheModelsOwnNames(string model, string expected)
    {
        await using var rig = await ReplicateRig.StartAsync();
        rig.Pictures.FirstByte = null;
        var asked = Asked(rig, rig.Driver.Describe(model).IsSpecialist);
        var plan = rig.Driver.Plan(asked, model);

        (await rig.SendAsync(plan.Sent!, model: model)).ShouldBeOfType<DriverAnswer.Delivered>();

        var call = rig.Calls(model.Contains(':', StringComparison.Ordinal) ? "/v1/predictions" : "/v1/models/")[0];
        call.Model.ShouldBe(model);
        string.Join(' ', call.Fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={Text(f.Value)}")).ShouldBe(expected);
    }

    [Theory]
    [InlineData("black-forest-labs/flux-kontext-pro", 1280, 720, PlanAction.Emulate, "aspect_ratio=16:9")]
    [InlineData("black-forest-labs/flux-kontext-pro", 1024, 1024, PlanAction.Emulate, "aspect_ratio=1:1")]
    [InlineData("google/nano-banana-pro", 400, 1000, PlanAction.Emulate, "aspect_ratio=9:16")]
    [InlineData("black-forest-labs/flux-2-pro", 1280, 704, PlanAction.Honour, "aspect_ratio=custom height=704 width=1280")]
    [InlineData("black-forest-labs/flux-2-pro", 100, 100, PlanAction.Emulate, "aspect_ratio=custom height=448 width=448")]
    [InlineData("bria/remove-background", 100, 100, PlanAction.Emulate, "")]
    public async Task SendAsync_WhenASizeIsAsked_TellsItAsTheModelCanBeTold(string model, int width, int height, PlanAction action, string expected)
    {
        await using var rig = await ReplicateRig.StartAsync();
        rig.Pictures.FirstByte = null;
        var removes = rig.Driver.Describe(model).IsSpecialist;
        var plan = rig.Driver.Plan(rig.Spec() with { Type = removes ? EditType.BackgroundRemoval : null, Size = new(width, height) }, model);

        await rig.SendAsync(plan.Sent!, model: model);

        plan.Parameters.Single(p => p.Parameter == "size").Action.ShouldBe(action);
        var fields = rig.Calls("/v1/models/")[0].Fields.Where(f => f.Key is "aspect_ratio" or "width" or "height").OrderBy(f => f.Key, StringComparer.Ordinal);
        string.Join(' ', fields.Select(f => $"{f.Key}={f.Value}")).ShouldBe(expected);
    }

    [Fact]
    public async Task SendAsync_WhenAMaskIsDrawn_SendsItBesideThePicture()
    {
        await using var rig = await ReplicateRig.StartAsync();
        rig.Pictures.FirstByte = null;
        var mask = rig.Pictures.Add("mask", PngFile.Claiming(64, 48), Edits.Png with { HasAlpha = false }, ArtifactRole.Mask);

        (await rig.SendAsync(rig.Spec() with { Mask = mask }, model: "black-forest-labs/flux-fill-pro")).ShouldBeOfType<DriverAnswer.Delivered>();

        rig.Calls("/v1/models/")[0].Parts.Select(p => $"{p.Name} {p.HasAlpha}").ShouldBe(["image True", "mask False"]);
    }

    [Fact]
    public void Plan_WhenAModelFillsMasks_WantsThemWhiteAndDistrustsTheRest()
    {
        var fill = new ReplicateModels([]).Describe("black-forest-labs/flux-fill-pro");

        (fill.MaskForm, fill.Mask, fill.NeedsMask).ShouldBe((MaskForm.White, MaskObedience.Advisory, true));
    }

    [Fact]
    public async Task SendAsync_WhenFieldsAreConfigured_UsesThem()
    {
        await using var rig = await ReplicateRig.StartAsync(new CapabilityOptions
        {
            Models = "google/*", Seed = true, Fields = new(StringComparer.Ordinal) { ["image"] = "pictures[]", ["size"] = "w,h", ["seed"] = "noise" },
        });

        await rig.SendAsync(rig.Spec() with { Seed = 3, Size = new(640, 480) }, model: "google/nano-banana-pro");

        var fields = rig.Calls("/v1/models/")[0].Fields;
        (fields["w"], fields["h"], fields["noise"]).ShouldBe(("640", "480", "3"));
        fields["pictures"].ShouldStartWith("[");
    }

    /// <summary>Everything the model takes, planned as the service does.</summary>
    private static EditSpec Asked(ReplicateRig rig, bool removes) => rig.Spec() with
    {
        Type = removes ? EditType.BackgroundRemoval : null,
        OutputFormat = removes ? "png" : "jpeg",
        OutputCompression = 80,
        InferenceSteps = 20,
        Seed = 7,
        Quality = "high",
        User = "u-1",
        NegativePrompt = "no red",
        Extra = ImmutableDictionary.CreateRange(StringComparer.Ordinal,
        [
            KeyValuePair.Create("safety_tolerance", "2"), KeyValuePair.Create("prompt_upsampling", "true"), KeyValuePair.Create("guidance", "3.5"),
            KeyValuePair.Create("resolution", "1K"), KeyValuePair.Create("threshold", "0.5"), KeyValuePair.Create("preserve_partial_alpha", "true"),
            KeyValuePair.Create("unknown", "1"),
        ]),
    };

    private static string Text(string value)
        => value.StartsWith("http", StringComparison.Ordinal) ? "PICTURE" : value.StartsWith('[') ? "PICTURES" : value;
}
