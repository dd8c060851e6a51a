using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Domain.Plans;

/// <summary>The edited area: in which form it goes out, and whether what it keeps is put back.</summary>
internal static class MaskPlanning
{
    public static void Apply(PlanDraft draft)
    {
        var (asked, model) = (draft.Asked, draft.Model);
        var goesOut = model.Mask != MaskObedience.None && (draft.Area is not null || Canvases(draft));
        if (asked.Mask is not null && WhyNot(draft) is { } reason)
        {
            draft.Rows.Refuse(EditParameters.Mask, reason);
            if (asked.MaskPolarity is not null)
            {
                draft.Rows.Refuse(EditParameters.MaskPolarity, reason);
            }

            return;
        }

        if (model.NeedsMask && !goesOut)
        {
            draft.Rows.Refuse(EditParameters.Mask, "This model edits nothing but what a mask shows.");
            return;
        }

        if (goesOut && model.MaskForm == MaskForm.Given)
        {
            draft.Sent = draft.Sent with { Mask = draft.Area, MaskPolarity = asked.MaskPolarity };
        }
        else if (goesOut || asked.Mask is not null)
        {
            Lay(draft, goesOut);
        }

        Rows(draft);
    }

    /// <summary>Whether the service extends the canvas itself, with a mask over what has to be invented.</summary>
    private static bool Canvases(PlanDraft draft) => draft.Extends && !draft.Model.Types.Contains(EditType.Outpainting);

    private static string? WhyNot(PlanDraft draft)
    {
        var (mask, model) = (draft.Asked.Mask!.Facts, draft.Model);
        return !mask.HasAlpha && draft.Asked.MaskPolarity is null ? "The mask has no alpha: mask_polarity must say which colour is edited."
            : model.Mask == MaskObedience.None && (model.IsSpecialist || draft.Extends) ? "This model takes no mask."
            : model.MaskForm == MaskForm.Given && draft.Extends ? "This model takes no mask when it extends a picture."
            : null;
    }

    /// <summary>Fixes where source, mask and answer are, and draws what does not fit as it is.</summary>
    private static void Lay(PlanDraft draft, bool goesOut)
    {
        var answer = draft.Asked.Size ?? draft.Own;
        var sent = draft.Model.Sizes.Nearest(answer, draft.Own);
        var layout = Canvases(draft) ? Layouts.Extended(draft.Own, answer, sent) : Layouts.Filled(draft.Own, answer, sent);
        draft.Rendering = draft.Rendering with { Layout = layout, PutsBack = draft.Model.Mask != MaskObedience.Exact };
        if (!Layouts.IsIdentity(layout, draft.Own))
        {
            draft.DrawFirst();
        }

        draft.Sent = draft.Sent with { Size = draft.Model.Sizes.IsAsked ? sent : null };
        if (!goesOut)
        {
            return;
        }

        var form = draft.Model.MaskForm;
        var fits = draft.Rendering.Sources[0] == SourceTreatment.Keep && form == MaskForm.Alpha && IsAlphaPng(draft);
        draft.Sent = draft.Sent with { Mask = fits ? draft.Area : null };
        if (form == MaskForm.SourceAlpha)
        {
            draft.DrawFirst();
        }

        draft.Rendering = draft.Rendering with { Mask = fits ? null : form };
    }

    /// <summary>Whether the mask is just what models take that read its alpha.</summary>
    private static bool IsAlphaPng(PlanDraft draft)
        => draft.Area?.Facts is { Format: PictureFormat.Png, HasAlpha: true, Orientation: 1 } facts
            && draft.Asked.MaskPolarity is null
            && facts.Stored == draft.Own;

    private static void Rows(PlanDraft draft)
    {
        if (draft.Asked.Mask is null)
        {
            Polarity(draft, "There is no mask.");
            return;
        }

        var rendering = draft.Rendering;
        if (rendering.PutsBack)
        {
            draft.Rows.Emulate(
                EditParameters.Mask,
                draft.Model.Mask == MaskObedience.None
                    ? "This model takes no mask: what the mask keeps is put back from the picture."
                    : "This model takes a mask as advice: what the mask keeps is put back from the picture.");
        }
        else if (rendering.Mask is not null)
        {
            draft.Rows.Emulate(EditParameters.Mask, "Drawn in the form the model takes.");
        }
        else
        {
            draft.Rows.Honour(EditParameters.Mask);
        }

        Polarity(draft, null);
    }

    private static void Polarity(PlanDraft draft, string? whyNot)
    {
        if (draft.Asked.MaskPolarity is null)
        {
            return;
        }

        if (whyNot is not null)
        {
            draft.Rows.Warn(EditParameters.MaskPolarity, whyNot);
        }
        else if (draft.Sent.MaskPolarity is not null)
        {
            draft.Rows.Honour(EditParameters.MaskPolarity);
        }
        else
        {
            draft.Rows.Emulate(EditParameters.MaskPolarity, "The mask is drawn in the form the model takes.");
        }
    }
}
