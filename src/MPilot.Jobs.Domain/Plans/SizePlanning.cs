namespace MPilot.Jobs.Domain.Plans;

/// <summary>The size of the answer: made by the model, or made of what it makes.</summary>
internal static class SizePlanning
{
    public static void Apply(PlanDraft draft)
    {
        var model = draft.Model;
        if (draft.Asked.Size is not { } size)
        {
            return;
        }

        // An extended canvas was judged with the type; its refusal needs no second row.
        var nearest = model.Sizes.Nearest(size, draft.Own);
        var isMade = model.Sizes.Makes(size, draft.Own);
        if (draft.Rendering.Layout is null && !isMade)
        {
            var fit = draft.WantsTransparency || draft.KeepsAlpha ? AnswerFit.Pad : AnswerFit.Crop;
            draft.Rendering = draft.Rendering with { Size = size, Fit = fit };
        }

        if (isMade)
        {
            draft.Rows.Honour(EditParameters.Size);
        }
        else
        {
            draft.Rows.Emulate(EditParameters.Size, $"Made at {(model.Sizes is ModelSizes.Near ? "about " : "")}{nearest}, then scaled and {(draft.Rendering.Fit == AnswerFit.Pad ? "padded" : "cut")} to fit.");
        }

        draft.Sent = draft.Sent with { Size = model.Sizes.IsAsked ? nearest : null };
    }
}
