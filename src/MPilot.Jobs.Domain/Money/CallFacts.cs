using System.Text;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;

namespace MPilot.Jobs.Domain.Money;

/// <summary>What is known of a call before it is sent, as far as prices hang on it.</summary>
/// <param name="Pictures">How many it asks for.</param>
/// <param name="Inputs">How many go in, the mask included.</param>
/// <param name="PromptBytes">Length of the texts that go in, in UTF-8.</param>
public sealed record CallFacts(int Pictures, int Inputs, int PromptBytes)
{
    private const string QualityField = "quality";
    private const string InferenceStepsField = "num_inference_steps";

    /// <summary>What the provider is asked for; <c>null</c> where it decides.</summary>
    public PictureSize? Size { get; init; }

    /// <summary>Likewise.</summary>
    public string? Quality { get; init; }

    /// <summary>Likewise.</summary>
    public int? InferenceSteps { get; init; }

    /// <summary>The longest the call may take; <c>null</c> where it has no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The facts of a call that a step makes for an edit. What the step leaves out is the provider's to decide.</summary>
    public static CallFacts Of(EditSpec spec, Step step, int pictures)
    {
        var leftOut = step.Warnings.Select(w => w.Parameter).ToHashSet(StringComparer.Ordinal);
        return new(pictures, spec.Images.Length + (spec.Mask is null ? 0 : 1), Bytes(spec.Prompt) + Bytes(spec.NegativePrompt))
        {
            Size = spec.Size,
            Quality = leftOut.Contains(QualityField) ? null : spec.Quality,
            InferenceSteps = leftOut.Contains(InferenceStepsField) ? null : spec.InferenceSteps,
        };
    }

    private static int Bytes(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}
