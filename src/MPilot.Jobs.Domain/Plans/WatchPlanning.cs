namespace MPilot.Jobs.Domain.Plans;

/// <summary>Whether the answer is watched as it comes.</summary>
internal static class WatchPlanning
{
    public static void Apply(PlanDraft draft)
    {
        var (asked, model) = (draft.Asked, draft.Model);
        if (asked.Stream && model.Streams)
        {
            draft.Rows.Honour(EditParameters.Stream);
        }
        else if (asked.Stream)
        {
            draft.Rows.Emulate(EditParameters.Stream, "One event when the picture is done.");
            draft.Sent = draft.Sent with { Stream = false };
        }

        if (asked.PartialImages is not { } wanted)
        {
            return;
        }

        var whyNot = !asked.Stream ? "Partial pictures need stream=true."
            : !model.Streams || model.MaxPreviews == 0 ? "This model makes no partial pictures."
            : wanted > model.MaxPreviews ? $"This model makes at most {model.MaxPreviews}."
            : null;
        draft.Rows.HonourHintUnless(whyNot, EditParameters.PartialImages);
        draft.Sent = draft.Sent with { PartialImages = asked.Stream && model.Streams ? Math.Min(wanted, model.MaxPreviews) : null };
    }
}
