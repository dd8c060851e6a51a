namespace MPilot.Jobs.Domain.Plans;

/// <summary>How many pictures one call asks for.</summary>
internal static class CountPlanning
{
    /// <returns>The pictures of one call. A call that is watched makes one.</returns>
    public static int Apply(PlanDraft draft)
    {
        var (asked, model) = (draft.Asked, draft.Model);
        var perCall = asked.Stream && model.Streams ? 1 : model.MaxPictures;
        if (asked.Count <= perCall)
        {
            draft.Rows.Honour(EditParameters.Count);
        }
        else
        {
            draft.Rows.Emulate(EditParameters.Count, perCall == 1 ? "Made by one call each." : $"Made by calls for up to {perCall} each.");
        }

        return perCall;
    }
}
