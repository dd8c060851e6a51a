using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Providers.Local;
using MPilot.Jobs.Providers.OpenAi;
using MPilot.Jobs.Providers.Replicate;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Providers.Tests;

public sealed class PlanRowsOfEveryKindTests
{
    private static readonly Dictionary<string, string?> Fields = new(StringComparer.Ordinal)
    {
        ["Images"] = "image",
        ["Type"] = "type",
        ["Prompt"] = "prompt",
        ["Mask"] = "mask",
        ["MaskPolarity"] = "mask_polarity",
        ["Count"] = "n",
        ["Size"] = "size",
        ["ResponseFormat"] = "response_format",
        ["Background"] = "background",
        ["InputFidelity"] = "input_fidelity",
        ["Quality"] = "quality",
        ["OutputFormat"] = "output_format",
        ["OutputCompression"] = "output_compression",
        ["InferenceSteps"] = "num_inference_steps",
        ["Seed"] = "seed",
        ["NegativePrompt"] = "negative_prompt",
        ["User"] = "user",
        ["Stream"] = "stream",
        ["PartialImages"] = "partial_images",
        ["Extra"] = null, // rows by their own names
        ["Unsupported"] = null, // says what to do with the plan; not a wish of the picture
    };

    public static TheoryData<string, string> Models()
    {
        var data = new TheoryData<string, string>();
        foreach (var model in LocalModels.All)
        {
            data.Add("local", model);
        }

        foreach (var row in OpenAiModels.Known)
        {
            data.Add("openai", row.Pattern.Replace("*", "x", StringComparison.Ordinal));
        }

        foreach (var row in ReplicateModels.Known)
        {
            data.Add("replicate", row.Capabilities.Pattern.Replace("*", "x", StringComparison.Ordinal));
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Plan_WhenEveryParameterIsPresent_HasExactlyOneRowForEach(string kind, string model)
    {
        var expected = typeof(EditSpec).GetProperties()
            .Select(p => p.Name)
            .Where(name => name != "EqualityContract")
            .Select(name => Fields.TryGetValue(name, out var field) ? field : throw new InvalidOperationException($"No field is known for {name}."))
            .OfType<string>()
            .Concat(Edits.Full.Extra.Keys);

        var plan = Plan(kind, model, Edits.Full);

        plan.Parameters.Select(p => p.Parameter).Order(StringComparer.Ordinal).ShouldBe(expected.Order(StringComparer.Ordinal));
        plan.Parameters.Where(p => p.Action != PlanAction.Honour).ShouldAllBe(p => p.Message!.Length > 0);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Plan_WhenParametersAreAbsent_HasNoRowsForThem(string kind, string model)
    {
        var (spec, expected) = model switch
        {
            _ when model.Contains("/flux-fill-", StringComparison.Ordinal) => (Edits.Plain with { Mask = Edits.Picture("m", Edits.Png) }, ["image", "prompt", "n", "response_format", "mask"]),
            _ when model.Contains("/remove-background", StringComparison.Ordinal) || model.Contains("/background-remover", StringComparison.Ordinal)
                => (Edits.Plain with { Type = EditType.BackgroundRemoval, Prompt = null }, ["image", "type", "n", "response_format"]),
            "background-removal" => (Edits.Plain with { Type = EditType.BackgroundRemoval, Prompt = null }, ["image", "type", "n", "response_format"]),
            "inpainting" => (Edits.Plain with { Mask = Edits.Picture("m", Edits.Png), Prompt = null }, ["image", "n", "response_format", "mask"]),
            "outpainting" => (Edits.Plain with { Size = new(64, 49), Prompt = null }, ["image", "n", "response_format", "size"]),
            _ => (Edits.Plain with { Prompt = "p" }, (string[])["image", "prompt", "n", "response_format"]),
        };

        var plan = Plan(kind, model, spec);

        plan.Parameters.Select(p => p.Parameter).ShouldBe(expected);
        plan.IsRefused.ShouldBeFalse();
        plan.Warnings.ShouldBeEmpty();
    }

    private static EditPlan Plan(string kind, string model, EditSpec spec)
        => EditPlanner.Plan(spec, KnownModels.Of(kind).For(model));
}
