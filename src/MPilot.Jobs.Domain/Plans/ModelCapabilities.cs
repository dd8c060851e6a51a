using System.Collections.Immutable;

using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Domain.Plans;

/// <summary>
/// What the models of a name pattern can do: all that <see cref="EditPlanner"/> knows of a provider. Texts are the values of the API;
/// an absent list means that the server decides.
/// </summary>
public sealed record ModelCapabilities
{
    /// <summary>Which models: <c>*</c> matches any run.</summary>
    public required string Pattern { get; init; }

    public PromptUse Prompt { get; init; }

    /// <summary>The kinds of edit it does of itself when told so; others are emulated by mask, canvas or background where these allow it.</summary>
    public ImmutableArray<EditType> Types { get; init; } = [];

    /// <summary>Most pictures of one edit.</summary>
    public int MaxImages { get; init; } = 16;

    /// <summary>Encodings it takes.</summary>
    public ImmutableArray<PictureFormat> Inputs { get; init; } = [PictureFormat.Png, PictureFormat.Jpeg, PictureFormat.Webp];

    /// <summary>Shortest side of a picture it takes, in pixels.</summary>
    public int MinSide { get; init; } = 1;

    /// <summary>Whether it turns pictures as their EXIF orientation says.</summary>
    public bool ReadsOrientation { get; init; }

    public MaskObedience Mask { get; init; }

    public MaskForm MaskForm { get; init; } = MaskForm.Alpha;

    /// <summary>Whether it edits nothing but the area a mask shows.</summary>
    public bool NeedsMask { get; init; }

    public ModelSizes Sizes { get; init; } = new ModelSizes.Any();

    public ImmutableArray<string>? Qualities { get; init; } = [];

    public ImmutableArray<string>? Fidelities { get; init; } = [];

    public ImmutableArray<string>? Backgrounds { get; init; } = [];

    /// <summary>Whether the answer is as transparent as the picture, whatever is asked.</summary>
    public bool KeepsTransparency { get; init; }

    /// <summary>Encodings of the answer that can be asked for.</summary>
    public ImmutableArray<string> Outputs { get; init; } = [];

    /// <summary>Whether the strength of lossy encodings can be asked for.</summary>
    public bool Compression { get; init; }

    /// <summary>Most pictures of one answer.</summary>
    public int MaxPictures { get; init; } = 1;

    /// <summary>Whether the answer can be watched; always one picture a call.</summary>
    public bool Streams { get; init; }

    /// <summary>Most previews of a picture.</summary>
    public int MaxPreviews { get; init; }

    public bool Seed { get; init; }

    public bool NegativePrompt { get; init; }

    public bool InferenceSteps { get; init; }

    public bool User { get; init; }

    /// <summary>Fields that are no parameters of the service but are passed on.</summary>
    public ImmutableArray<string> Extras { get; init; } = [];

    /// <summary>Whether an edit of that kind can be had of it, of itself or by emulation, if the edit brings what it needs.</summary>
    public bool CanDo(EditType type) => Types.Contains(type) || (!IsSpecialist && type switch
    {
        EditType.Inpainting => true,
        EditType.Outpainting => Mask != MaskObedience.None,
        _ => Backgrounds is not { } known || known.Contains("transparent", StringComparer.Ordinal),
    });

    /// <summary>Whether a prompt and a picture are all it needs.</summary>
    public bool EditsByPrompt => !IsSpecialist && !NeedsMask;

    /// <summary>Whether it does nothing but its <see cref="Types"/>.</summary>
    public bool IsSpecialist => Prompt == PromptUse.Unread;
}
