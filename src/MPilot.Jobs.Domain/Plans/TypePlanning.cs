using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Domain.Plans;

/// <summary>The kind of edit, and the instruction that goes with it.</summary>
internal static class TypePlanning
{
    /// <summary>For background removal without a prompt, where the model needs one.</summary>
    public const string RemovalPrompt = "Remove the background completely and keep the subject exactly as it is.";

    public static void Apply(PlanDraft draft)
    {
        if (draft.Asked.Type is { } type)
        {
            Named(draft, type);
        }
        else if (draft.Model.IsSpecialist && !IsImplied(draft))
        {
            draft.Rows.Refuse(EditParameters.Type, OnlyDoes(draft.Model));
        }

        Prompt(draft);
    }

    private static void Named(PlanDraft draft, EditType type)
    {
        var model = draft.Model;
        if (WhyNot(draft, type) is { } reason)
        {
            draft.Rows.Refuse(EditParameters.Type, reason);
        }
        else if (model.Types.Contains(type) || (type == EditType.Inpainting && model.Mask != MaskObedience.None))
        {
            draft.Rows.Honour(EditParameters.Type);
        }
        else
        {
            draft.Rows.Emulate(EditParameters.Type, Emulation(type));
        }
    }

    /// <summary>Why the model cannot do it at all, or <c>null</c>.</summary>
    private static string? WhyNot(PlanDraft draft, EditType type)
    {
        var model = draft.Model;
        var isOwn = model.Types.Contains(type);
        return type switch
        {
            _ when model.IsSpecialist && !isOwn => OnlyDoes(model),
            EditType.Inpainting => draft.Area is null ? "Inpainting needs a mask, or a picture with transparency." : null,
            EditType.Outpainting when !model.CanDo(type) => "This model cannot extend the canvas.",
            EditType.Outpainting when draft.Extends => WhyNotExtend(draft),
            EditType.Outpainting => isOwn ? "Outpainting needs the size to extend to." : WhyNotContinue(draft),
            _ => model.CanDo(type) ? null : "This model makes no transparent backgrounds.",
        };
    }

    private static string? WhyNotExtend(PlanDraft draft)
    {
        var (size, own) = (draft.Asked.Size!.Value, draft.Own);
        return size.Width <= own.Width && size.Height <= own.Height ? $"There is nothing to extend: the picture is {own}." : null;
    }

    private static string? WhyNotContinue(PlanDraft draft)
        => draft.Area is null ? "Outpainting needs a size larger than the picture, a mask, or a picture with transparency." : null;

    private static string Emulation(EditType type) => type switch
    {
        EditType.Inpainting => "Edited by the prompt; what the mask keeps is put back.",
        EditType.Outpainting => "Done by a larger canvas and a mask.",
        _ => "Done by a transparent background and an instruction.",
    };

    /// <summary>A specialist that is given what it works on needs not be told what to do.</summary>
    private static bool IsImplied(PlanDraft draft)
        => (draft.Model.Types.Contains(EditType.Inpainting) && draft.Asked.Mask is not null)
            || (draft.Model.Types.Contains(EditType.Outpainting) && draft.Asked.Size is { } size && (size.Width > draft.Own.Width || size.Height > draft.Own.Height));

    private static string OnlyDoes(ModelCapabilities model)
        => $"This model follows no prompt and does nothing else: type must be {string.Join(" or ", model.Types.Select(NameOf))}.";

    private static string NameOf(EditType type) => type switch
    {
        EditType.Inpainting => "inpainting, with a mask",
        EditType.Outpainting => "outpainting, with a larger size",
        _ => "background_removal",
    };

    private static void Prompt(PlanDraft draft)
    {
        if (draft.Asked.Prompt is null)
        {
            draft.Sent = draft.Model.Prompt == PromptUse.Required ? draft.Sent with { Prompt = RemovalPrompt } : draft.Sent;
        }
        else if (draft.Model.Prompt == PromptUse.Unread)
        {
            draft.Rows.Warn(EditParameters.Prompt, "This model reads no prompt.");
            draft.Sent = draft.Sent with { Prompt = null };
        }
        else
        {
            draft.Rows.Honour(EditParameters.Prompt);
        }
    }
}
