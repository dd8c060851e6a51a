using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Engine.Imaging;

/// <summary>A mask to read: how strongly each pixel is edited.</summary>
/// <param name="Picture">Of the size of the picture it belongs to, as stored or as a person sees it.</param>
/// <param name="Polarity">Which colour is edited, for a mask that is opaque everywhere; otherwise the strength is 255 − alpha.</param>
public sealed record MaskInput(PictureInput Picture, MaskPolarity? Polarity);
