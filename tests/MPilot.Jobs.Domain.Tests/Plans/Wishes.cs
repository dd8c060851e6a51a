using System.Collections.Immutable;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;

namespace MPilot.Jobs.Domain.Tests.Plans;

/// <summary>Edits and models for plans; their pictures are only described.</summary>
internal static class Wishes
{
    public static readonly PictureFacts Opaque = new(PictureFormat.Jpeg, new(1200, 800), 1, HasAlpha: false, 1);

    public static readonly PictureFacts Clear = new(PictureFormat.Png, new(1200, 800), 1, HasAlpha: true, 1);

    public static EditSpec Plain { get; } = new() { Images = [Picture(Opaque)], Prompt = "make it blue" };

    public static EditSpec Masked { get; } = Plain with { Mask = Picture(Clear) };

    /// <summary>Follows prompts and nothing else.</summary>
    public static ModelCapabilities Bare { get; } = new() { Pattern = "bare" };

    /// <summary>Three sizes, soft masks.</summary>
    public static ModelCapabilities Soft { get; } = Bare with
    {
        Mask = MaskObedience.Advisory,
        Sizes = new ModelSizes.Listed([new(1024, 1024), new(1536, 1024), new(1024, 1536)]),
        Backgrounds = ["transparent", "opaque"],
        Outputs = ["png", "jpeg", "webp"],
        Compression = true,
        MaxPictures = 10,
        Streams = true,
        MaxPreviews = 3,
    };

    /// <summary>Takes hard white masks and keeps to them.</summary>
    public static ModelCapabilities Hard { get; } = Bare with { Mask = MaskObedience.Exact, MaskForm = MaskForm.WhiteHard };

    public static EditPicture Picture(PictureFacts facts, string id = "a") => new(new(id, ArtifactRole.Source, facts.ContentType, 10, "00"), facts);

    public static EditSpec With(this EditSpec spec, PictureFacts facts) => spec with { Images = [Picture(facts)] };

    public static EditSpec WithExtra(this EditSpec spec, string name)
        => spec with { Extra = ImmutableDictionary<string, string>.Empty.Add(name, "1") };
}
