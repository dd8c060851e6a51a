using System.Collections.Immutable;

using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Providers.Tests;

/// <summary>Edits for plans, whose pictures are only described.</summary>
internal static class Edits
{
    public static readonly PictureFacts Png = new(PictureFormat.Png, new(64, 48), 1, true, 1);

    public static readonly PictureFacts Jpeg = new(PictureFormat.Jpeg, new(64, 48), 1, false, 6);

    public static EditSpec Plain { get; } = new() { Images = [Picture("a", Png)], Prompt = "make it blue" };

    /// <summary>Every parameter there is.</summary>
    public static EditSpec Full { get; } = Plain with
    {
        Type = EditType.Inpainting,
        Mask = Picture("m", Png),
        MaskPolarity = MaskPolarity.White,
        Count = 2,
        Size = new(1024, 1024),
        Background = "opaque",
        InputFidelity = "high",
        Quality = "high",
        OutputFormat = "webp",
        OutputCompression = 80,
        InferenceSteps = 20,
        Seed = 7,
        NegativePrompt = "no red",
        User = "u-1",
        Stream = true,
        PartialImages = 2,
        Extra = ImmutableDictionary<string, string>.Empty.Add("strength", "1").Add("moderation", "low"),
    };

    public static EditPicture Picture(string id, PictureFacts facts) => new(new(id, ArtifactRole.Source, facts.ContentType, 10, "00"), facts);
}
