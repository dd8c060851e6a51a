using System.Collections.Immutable;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Providers.Planning;

namespace MPilot.Jobs.Providers.OpenAi;

/// <summary>What a call would do with each parameter of an edit.</summary>
internal static class OpenAiPlan
{
    private const string Transparent = "transparent";

    /// <summary>One row for every parameter present.</summary>
    public static EditPlan For(EditSpec spec, OpenAiCapabilities model)
    {
        var rows = new PlanRows();
        rows.HonourUnless(spec.Images.Length > model.MaxImages ? $"This model takes at most {model.MaxImages} pictures." : null, EditFields.Image);
        Instruction(spec, rows);
        Masking(spec, rows);
        rows.Honour(EditFields.Count);
        Appearance(spec, model, rows);
        Encoding(spec, model, rows);
        Hints(spec, model, rows);
        Watching(spec, rows);
        return rows.ToPlan(spec.Stream ? 1 : model.MaxPictures);
    }

    /// <summary>Whether the answer is to have a transparent background, by whatever field.</summary>
    public static bool WantsTransparency(EditSpec spec) => spec.Type == EditType.BackgroundRemoval || spec.Background == Transparent;

    private static void Instruction(EditSpec spec, PlanRows rows)
    {
        if (spec.Prompt is not null)
        {
            rows.Honour(EditFields.Prompt);
        }

        switch (spec.Type)
        {
            case null:
                break;
            case EditType.Inpainting:
                rows.HonourUnless(spec.Mask is null ? "Inpainting needs a mask." : null, EditFields.Type);
                break;
            case EditType.BackgroundRemoval:
                rows.Emulate(EditFields.Type, "Done by a transparent background and an instruction.");
                break;
            default:
                rows.Refuse(EditFields.Type, "This provider does not extend the canvas.");
                break;
        }
    }

    private static void Masking(EditSpec spec, PlanRows rows)
    {
        if (spec.Mask is not null)
        {
            rows.HonourUnless(WhyNoMask(spec, spec.Mask.Facts), EditFields.Mask);
        }

        if (spec.MaskPolarity is not null)
        {
            rows.Refuse(EditFields.MaskPolarity, "This provider takes only masks whose transparency marks the area to edit.");
        }
    }

    private static string? WhyNoMask(EditSpec spec, PictureFacts mask)
        => spec.MaskPolarity is not null || !mask.HasAlpha ? "This provider takes only masks whose transparency marks the area to edit."
            : mask.Format != PictureFormat.Png ? "This provider takes only png masks."
            : mask.Stored != spec.Images[0].Facts.Stored ? "This provider takes only masks of the first picture's size as stored."
            : null;

    private static void Appearance(EditSpec spec, OpenAiCapabilities model, PlanRows rows)
    {
        if (spec.Size is { } size)
        {
            rows.HonourUnless(model.Sizes.WhyNot(size), EditFields.Size);
        }

        if (spec.Background is not null)
        {
            var contradicts = spec.Type == EditType.BackgroundRemoval && spec.Background != Transparent;
            rows.HonourUnless(contradicts ? "A removed background is transparent." : NotOneOf(model.Backgrounds, spec.Background), EditFields.Background);
        }
    }

    private static void Encoding(EditSpec spec, OpenAiCapabilities model, PlanRows rows)
    {
        rows.Emulate(EditFields.ResponseFormat, "The service answers in the wanted form.");
        if (spec.OutputFormat is not null)
        {
            var opaque = spec.OutputFormat == "jpeg" && WantsTransparency(spec);
            rows.HonourUnless(opaque ? "A jpeg cannot be transparent." : NotOneOf(model.Formats, spec.OutputFormat), EditFields.OutputFormat);
        }

        if (spec.OutputCompression is not null)
        {
            rows.HonourHintUnless(spec.OutputFormat is "jpeg" or "webp" ? null : "Only jpeg and webp have a compression.", EditFields.OutputCompression);
        }
    }

    /// <summary>The provider streams one picture a call: several are fanned out.</summary>
    private static void Watching(EditSpec spec, PlanRows rows)
    {
        if (spec.Stream)
        {
            rows.Honour(EditFields.Stream);
        }

        if (spec.PartialImages is not null)
        {
            rows.HonourHintUnless(spec.Stream ? null : "Partial pictures need stream=true.", EditFields.PartialImages);
        }
    }

    private static void Hints(EditSpec spec, OpenAiCapabilities model, PlanRows rows)
    {
        if (spec.Quality is not null)
        {
            rows.HonourHintUnless(NotOneOf(model.Qualities, spec.Quality), EditFields.Quality);
        }

        if (spec.InputFidelity is not null)
        {
            rows.HonourHintUnless(NotOneOf(model.Fidelities, spec.InputFidelity), EditFields.InputFidelity);
        }

        if (spec.User is not null)
        {
            rows.Honour(EditFields.User);
        }

        rows.WarnIf(spec.Seed is not null, EditFields.Seed, "This provider takes no seed.");
        rows.WarnIf(spec.NegativePrompt is not null, EditFields.NegativePrompt, "This provider takes no negative prompt.");
        rows.WarnIf(spec.InferenceSteps is not null, EditFields.InferenceSteps, "This provider takes no number of steps.");
        foreach (var name in spec.Extra.Keys.Order(StringComparer.Ordinal))
        {
            rows.HonourHintUnless(model.Extras.Contains(name, StringComparer.Ordinal) ? null : "This provider has no such field.", name);
        }
    }

    private static string? NotOneOf(ImmutableArray<string>? values, string value)
        => values is not { } known || known.Contains(value, StringComparer.Ordinal) ? null
            : known.IsEmpty ? "This model has no such parameter."
            : $"This model takes {string.Join(", ", known)}.";
}
