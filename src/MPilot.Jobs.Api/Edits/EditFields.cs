using System.Collections.Frozen;
using System.Collections.Immutable;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Names of the text fields an edit knows. All others are handed to the drivers.</summary>
internal static class EditFields
{
    public const string Model = "model";
    public const string Prompt = "prompt";
    public const string Type = "type";
    public const string MaskPolarity = "mask_polarity";
    public const string Count = "n";
    public const string Size = "size";
    public const string ResponseFormat = "response_format";
    public const string Stream = "stream";
    public const string PartialImages = "partial_images";
    public const string Background = "background";
    public const string InputFidelity = "input_fidelity";
    public const string Quality = "quality";
    public const string OutputFormat = "output_format";
    public const string OutputCompression = "output_compression";
    public const string InferenceSteps = "num_inference_steps";
    public const string Seed = "seed";
    public const string NegativePrompt = "negative_prompt";
    public const string User = "user";
    public const string Fallbacks = "fallbacks";
    public const string Metadata = "metadata";
    public const string Deadline = "deadline";
    public const string Unsupported = "unsupported";
    public const string OnRefusal = "on_refusal";
    public const string WebhookUrl = "webhook_url";
    public const string OutputUrl = "output_url";

    /// <summary>Characters of a model's name, provider included.</summary>
    public const int MaxModelLength = 256;

    /// <summary>Characters of a file's id; ours have fewer.</summary>
    public const int MaxFileIdLength = 64;

    private const int MaxShown = 64;

    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        StringComparer.Ordinal,
        Model, Prompt, Type, MaskPolarity, Count, Size, ResponseFormat, Stream, PartialImages, Background, InputFidelity, Quality, OutputFormat,
        OutputCompression, InferenceSteps, Seed, NegativePrompt, User, Fallbacks, Metadata, Deadline, Unsupported, OnRefusal, WebhookUrl, OutputUrl);

    /// <summary>Fields that are numbers or booleans where the encoding has such.</summary>
    private static readonly FrozenSet<string> Typed = FrozenSet.Create(
        StringComparer.Ordinal, Count, Stream, PartialImages, OutputCompression, InferenceSteps, Seed, Deadline);

    /// <summary>Fields that change the picture, and neither what the answer looks like nor how the job is run, in the order they are described.</summary>
    public static readonly ImmutableArray<string> Overridable =
    [
        Prompt, Type, Size, Background, InputFidelity, Quality, OutputFormat, OutputCompression, InferenceSteps, Seed, NegativePrompt,
    ];

    /// <summary>Whether an entry of <c>fallbacks</c> may have its own value of a field. Those nobody here knows are for drivers to judge.</summary>
    public static bool MayOverride(string name)
        => Overridable.Contains(name, StringComparer.Ordinal) || (!IsKnown(Root(name)) && PictureField.RoleOf(name) is null);

    /// <summary>Whether a field's value is a number or a boolean, and not only its text.</summary>
    public static bool IsTyped(string name) => Typed.Contains(name);

    public static bool IsKnown(string name) => Known.Contains(name);

    /// <summary>The field that <c>fallbacks[…]</c>, <c>metadata[…]</c> or <c>output_url[…]</c> belongs to; other names as they are.</summary>
    public static string Root(string name)
    {
        var open = name.IndexOf('[', StringComparison.Ordinal);
        return open > 0 && name.AsSpan(0, open) is Fallbacks or Metadata or OutputUrl ? name[..open] : name;
    }

    /// <summary>A caller's own field name, short enough to be shown in an error.</summary>
    public static string Shown(string name) => name.Length <= MaxShown ? name : name[..MaxShown];
}
