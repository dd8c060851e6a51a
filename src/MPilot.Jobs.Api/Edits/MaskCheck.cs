using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Imaging;

namespace MPilot.Jobs.Api.Edits;

/// <summary>
/// Looks into the pixels that say where to edit: what marks nothing is refused before anybody is paid. Where no pixels can be read, that is left to
/// the provider.
/// </summary>
internal sealed class MaskCheck(IPictureRenderer renderer, Pictures pictures)
{
    /// <summary>The code of all that is wrong with the pixels that say where to edit.</summary>
    public const string Code = "invalid_mask";

    public const string Opaque = "The mask is opaque everywhere, so it marks nothing to edit: make it transparent there, or send mask_polarity.";

    public const string Unmarked = "The mask marks nothing to edit: the colour that mask_polarity names is nowhere in it.";

    /// <summary>Adds what is wrong with the mask, or with the transparency that some of the edits take for one.</summary>
    public async Task CheckAsync(EditForm form, IEnumerable<EditSpec> edits, CancellationToken cancellationToken)
    {
        foreach (var spec in edits.DistinctBy(UsesTransparency))
        {
            await CheckAsync(form, spec, cancellationToken);
        }
    }

    private async Task CheckAsync(EditForm form, EditSpec spec, CancellationToken cancellationToken)
    {
        var usesTransparency = UsesTransparency(spec);
        if (renderer.Unavailable is not null || (spec.Mask is null && !usesTransparency))
        {
            return;
        }

        var field = usesTransparency ? form.Images[0].Name : PictureField.Mask;
        try
        {
            var mask = spec.Mask is null ? null : new MaskInput(InputOf(form.Mask!, spec.Mask), spec.MaskPolarity);
            var strength = await renderer.MeasureAsync(new(InputOf(form.Images[0], spec.Images[0]), mask), cancellationToken);
            if (strength.Greatest == 0)
            {
                form.Mistakes.Add(Code, field, Nothing(spec, usesTransparency));
            }
        }
        catch (PictureUndecodableException)
        {
            form.Mistakes.Add(ErrorCatalog.InvalidImageFileCode, field, $"{PictureField.Subject(field)} cannot be decoded.");
        }
        catch (EditImpossibleException impossible)
        {
            form.Mistakes.Add(Code, field, impossible.Message);
        }
    }

    private static bool UsesTransparency(EditSpec spec) => spec is { Mask: null, Type: EditType.Inpainting };

    private static string Nothing(EditSpec spec, bool usesTransparency)
        => usesTransparency ? PictureRules.NeedsMask : spec.MaskPolarity is null ? Opaque : Unmarked;

    private PictureInput InputOf(FormPicture picture, EditPicture described) => new(
        token => picture.Upload is { } upload ? upload.OpenReadAsync(token) : pictures.OpenAsync(described.Artifact, token),
        described.Facts);
}
