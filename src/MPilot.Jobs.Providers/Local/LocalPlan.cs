using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Providers.Planning;

namespace MPilot.Jobs.Providers.Local;

/// <summary>What the built-in editor would do with each parameter of an edit.</summary>
internal static class LocalPlan
{
    private const string NotUsed = "The built-in editor has no use for it.";

    /// <summary>One row for every parameter present, and one for the model where the editor cannot work.</summary>
    public static EditPlan For(EditSpec spec, string? unavailable)
    {
        var rows = new PlanRows();
        if (unavailable is not null)
        {
            rows.Refuse(EditFields.Model, $"The built-in editor cannot work on this machine: {unavailable}");
        }

        rows.HonourUnless(spec.Images.Length > 1 ? "The built-in editor takes one picture." : null, EditFields.Image);
        rows.HonourUnless(
            spec.Type == EditType.BackgroundRemoval ? null : "The built-in editor only removes backgrounds: type must be background_removal.", EditFields.Type);
        rows.Honour(EditFields.Count);
        rows.Emulate(EditFields.ResponseFormat, "The service answers in the wanted form.");
        Masking(spec, rows);
        Appearance(spec, rows);
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

    private static void Masking(EditSpec spec, PlanRows rows)
    {
        if (spec.Mask is not null)
        {
            rows.Refuse(EditFields.Mask, "The built-in editor takes no mask.");
        }

        rows.WarnIf(spec.MaskPolarity is not null, EditFields.MaskPolarity, NotUsed);
    }

    private static void Appearance(EditSpec spec, PlanRows rows)
    {
        if (spec.Size is { } size)
        {
            var own = spec.Images[0].Facts.Oriented;
            rows.HonourUnless(size == own ? null : $"The built-in editor keeps the picture's size, {own}.", EditFields.Size);
        }

        if (spec.Background is not null)
        {
            rows.HonourUnless(spec.Background == "transparent" ? null : "A removed background is transparent.", EditFields.Background);
        }

        if (spec.OutputFormat is not null)
        {
            rows.HonourUnless(spec.OutputFormat is "png" or "webp" ? null : "A removed background needs png or webp.", EditFields.OutputFormat);
        }

        if (spec.OutputCompression is not null)
        {
            rows.HonourHintUnless(spec.OutputFormat == "webp" ? null : "Only webp has a compression here.", EditFields.OutputCompression);
        }
    }

    private static void Hints(EditSpec spec, PlanRows rows)
    {
        rows.WarnIf(spec.Prompt is not null, EditFields.Prompt, NotUsed);
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
