using System.Text;

using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Domain.Money;

/// <summary>What is known of a call before it is sent, as far as prices hang on it.</summary>
/// <param name="Pictures">How many it asks for.</param>
/// <param name="Inputs">How many go in, the mask included.</param>
/// <param name="PromptBytes">Length of the texts that go in, in UTF-8.</param>
public sealed record CallFacts(int Pictures, int Inputs, int PromptBytes)
{
    /// <summary>What the provider is asked for; <c>null</c> where it decides.</summary>
    public PictureSize? Size { get; init; }

    /// <summary>Likewise.</summary>
    public string? Quality { get; init; }

    /// <summary>Likewise.</summary>
    public int? InferenceSteps { get; init; }

    /// <summary>The longest the call may take; <c>null</c> where it has no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The facts of a call.</summary>
    /// <param name="sent">The edit as it is sent: what is left out of it is the provider's to decide.</param>
    /// <param name="pictures">How many the call asks for.</param>
    public static CallFacts Of(EditSpec sent, int pictures)
        => new(pictures, sent.Images.Length + (sent.Mask is null ? 0 : 1), Bytes(sent.Prompt) + Bytes(sent.NegativePrompt))
        {
            Size = sent.Size,
            Quality = sent.Quality,
            InferenceSteps = sent.InferenceSteps,
        };

    private static int Bytes(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}
