using System.Collections.Immutable;
using System.Globalization;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Imaging;

namespace MPilot.Jobs.Api.Edits;

/// <summary>The rules for images and mask.</summary>
internal static class PictureRules
{
    public const string NeedsMask = "type inpainting needs a mask, or a first image that is transparent where it is to be filled.";

    public const string NoAlpha = "The mask has no alpha channel: send one, or say with mask_polarity which colour is edited.";

    /// <summary>The usable images, in order.</summary>
    public static ImmutableArray<EditPicture> Images(EditForm form, Mistakes mistakes)
    {
        if (form.ImageCount == 0)
        {
            mistakes.Missing(PictureField.Image, "at least one image is required");
        }

        if (form.ImageCount > FormLimits.Images)
        {
            mistakes.Invalid(
                PictureField.Image, string.Create(CultureInfo.InvariantCulture, $"at most {FormLimits.Images} images are allowed, got {form.ImageCount}."));
        }

        return [.. form.Images.Select(picture => Usable(picture, mistakes)).OfType<EditPicture>()];
    }

    /// <summary>The mask of an edit, if one was sent and is usable.</summary>
    public static EditPicture? Mask(EditForm form, EditSpec spec, Mistakes mistakes)
    {
        var (images, polarity) = (spec.Images, spec.MaskPolarity);
        if (form.MaskCount > 1)
        {
            mistakes.Invalid(PictureField.Mask, "mask is given more than once.");
        }

        if (form.MaskCount == 0 && spec.Type == EditType.Inpainting && images.FirstOrDefault() is { Facts.HasAlpha: false })
        {
            mistakes.Missing(PictureField.Mask, NeedsMask);
        }

        if (form.MaskCount == 0 && polarity is not null)
        {
            mistakes.Invalid(EditFields.MaskPolarity, "mask_polarity needs a mask.");
        }

        if (form.Mask is null || Usable(form.Mask, mistakes) is not { } mask)
        {
            return null;
        }

        Fits(mask.Facts, images, polarity, mistakes);
        return mask;
    }

    private static void Fits(PictureFacts mask, ImmutableArray<EditPicture> images, MaskPolarity? polarity, Mistakes mistakes)
    {
        if (!mask.HasAlpha && polarity is null)
        {
            mistakes.Add(MaskCheck.Code, PictureField.Mask, NoAlpha);
        }

        if (images.FirstOrDefault()?.Facts is { } image && mask.Oriented != image.Stored && mask.Oriented != image.Oriented)
        {
            mistakes.Add("mask_mismatch", PictureField.Mask, $"The mask is {mask.Oriented}, the first image {image.Oriented}: they must be of one size.");
        }
    }

    private static EditPicture? Usable(FormPicture picture, Mistakes mistakes)
    {
        if (picture.Upload is not { } upload)
        {
            return picture.Stored is { } stored ? stored with { Artifact = stored.Artifact with { Role = picture.Role } } : null;
        }

        if (upload.Finding is PictureFinding.Usable)
        {
            return upload.Describe();
        }

        var reason = upload.Finding is PictureFinding.Unusable unusable ? unusable.Reason : "cannot be read";
        mistakes.Add(ErrorCatalog.InvalidImageFileCode, picture.Name, $"{PictureField.Subject(picture.Name)} {reason}.");
        return null;
    }
}
