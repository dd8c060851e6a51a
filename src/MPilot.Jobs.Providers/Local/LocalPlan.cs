using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Providers.Planning;

namespace MPilot.Jobs.Providers.Local;

/// <summary>What the built-in editor would do with each parameter of an edit.</summary>
internal static class LocalPlan
{
    private const string NotUsed = "The built-in editor has no use for it.";

    /// <summary>One row for every parameter present, one for what the model needs and is not there, and one for the model where the editor cannot work.</summary>
    public static EditPlan For(EditSpec spec, string model, string? unavailable)
    {
        var rows = new PlanRows();
        if (unavailable is not null)
        {
            rows.Refuse(EditFields.Model, $"The built-in editor cannot work on this machine: {unavailable}");
        }

        rows.HonourUnless(spec.Images.Length > 1 ? "The built-in editor takes one picture." : null, EditFields.Image);
        Typing(spec, model, rows);
        rows.Honour(EditFields.Count);
        rows.Emulate(EditFields.ResponseFormat, "The service answers in the wanted form.");
        Prompting(spec, model, rows);
        Masking(spec, model, rows);
        Sizing(spec, model, rows);
        Appearance(spec, model, rows);
        Hints(spec, rows);
        Watching(spec, rows);
        return rows.ToPlan(picturesPerCall: 1);
    }

    private static void Watching(EditSpec spec, PlanRows rows)
    {
        if (spec.Stream)
        {
            rows.Emulate(EditFields.Stream, "One event when the picture is done.");
        }

        rows.WarnIf(spec.PartialImages is not null, EditFields.PartialImages, "The built-in editor has no partial pictures.");
    }

    private static void Typing(EditSpec spec, string model, PlanRows rows)
    {
        var (own, name) = model switch
        {
            LocalModels.Inpainting => (EditType.Inpainting, "inpainting"),
            LocalModels.Outpainting => (EditType.Outpainting, "outpainting"),
            _ => (EditType.BackgroundRemoval, "background_removal"),
        };
        if (spec.Type == own)
        {
            rows.Honour(EditFields.Type);
        }
        else if (spec.Type is not null || own == EditType.BackgroundRemoval)
        {
            rows.Refuse(EditFields.Type, $"local/{model} does nothing else: type must be {name}.");
        }
    }

    private static void Prompting(EditSpec spec, string model, PlanRows rows)
    {
        if (spec.Prompt is null)
        {
            return;
        }

        if ((model == LocalModels.Inpainting && spec.Mask is null) || (model == LocalModels.Outpainting && spec.Size is null))
        {
            rows.Refuse(EditFields.Prompt, "The built-in editor cannot follow a prompt.");
            return;
        }

        rows.Warn(EditFields.Prompt, model == LocalModels.BackgroundRemoval ? NotUsed : "The built-in editor fills from the surroundings and does not read it.");
    }

    private static void Masking(EditSpec spec, string model, PlanRows rows)
    {
        if (model == LocalModels.Inpainting)
        {
            rows.HonourUnless(
                spec.Mask switch
                {
                    null => "local/inpainting fills a masked area: it needs a mask.",
                    { Facts.HasAlpha: false } when spec.MaskPolarity is null => "The mask has no alpha: mask_polarity must say which colour is edited.",
                    _ => null,
                },
                EditFields.Mask);
        }
        else if (spec.Mask is not null)
        {
            rows.Refuse(EditFields.Mask, $"local/{model} takes no mask.");
        }

        if (spec.MaskPolarity is not null)
        {
            rows.HonourHintUnless(model == LocalModels.Inpainting && spec.Mask is not null ? null : NotUsed, EditFields.MaskPolarity);
        }
    }

    private static void Sizing(EditSpec spec, string model, PlanRows rows)
    {
        var own = spec.Images[0].Facts.Oriented;
        if (model == LocalModels.Outpainting)
        {
            rows.HonourUnless(
                spec.Size switch
                {
                    null => "local/outpainting extends the picture to a size: it needs one.",
                    { } size when size.Width <= own.Width && size.Height <= own.Height => $"There is nothing to extend: the picture is {own}.",
                    _ => null,
                },
                EditFields.Size);
        }
        else if (spec.Size is { } size)
        {
            rows.HonourUnless(size == own ? null : $"The built-in editor keeps the picture's size, {own}.", EditFields.Size);
        }
    }

    private static void Appearance(EditSpec spec, string model, PlanRows rows)
    {
        var removes = model == LocalModels.BackgroundRemoval;
        var clear = removes || spec.Images[0].Facts.HasAlpha;
        if (spec.Background is not null)
        {
            var whyNot = removes ? "A removed background is transparent." : "The built-in editor keeps the transparency the picture has.";
            rows.HonourUnless(spec.Background == (clear ? "transparent" : "opaque") ? null : whyNot, EditFields.Background);
        }

        if (spec.OutputFormat is not null)
        {
            var whyNot = removes ? "A removed background needs png or webp." : "The built-in editor makes png and webp, and jpeg of pictures without alpha.";
            rows.HonourUnless(spec.OutputFormat is "png" or "webp" || (spec.OutputFormat == "jpeg" && !clear) ? null : whyNot, EditFields.OutputFormat);
        }

        if (spec.OutputCompression is not null)
        {
            rows.HonourHintUnless(spec.OutputFormat is "webp" or "jpeg" ? null : "png has no compression here.", EditFields.OutputCompression);
        }
    }

    private static void Hints(EditSpec spec, PlanRows rows)
    {
        rows.WarnIf(spec.Quality is not null, EditFields.Quality, NotUsed);
        rows.WarnIf(spec.InputFidelity is not null, EditFields.InputFidelity, NotUsed);
        rows.WarnIf(spec.Seed is not null, EditFields.Seed, NotUsed);
        rows.WarnIf(spec.InferenceSteps is not null, EditFields.InferenceSteps, NotUsed);
        rows.WarnIf(spec.NegativePrompt is not null, EditFields.NegativePrompt, NotUsed);
        rows.WarnIf(spec.User is not null, EditFields.User, NotUsed);
        foreach (var name in spec.Extra.Keys.Order(StringComparer.Ordinal))
        {
            rows.Warn(name, NotUsed);
        }
    }
}
