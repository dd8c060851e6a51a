using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Domain.Plans;

/// <summary>
/// Works out what becomes of each parameter of an edit with a model: honoured, emulated around the call, warned about or refused. Pure, and the
/// only place where that is decided: drivers declare capabilities and send what the plan says.
/// </summary>
public static class EditPlanner
{
    /// <summary>The plan, one row for every parameter present and one for what the model needs and is not there.</summary>
    public static EditPlan Plan(EditSpec spec, ModelCapabilities model)
    {
        var draft = new PlanDraft(spec, model);
        SourcePlanning.Apply(draft);
        TypePlanning.Apply(draft);
        var picturesPerCall = CountPlanning.Apply(draft);
        draft.Rows.Emulate(EditParameters.ResponseFormat, "The service answers in the wanted form.");
        MaskPlanning.Apply(draft);
        SizePlanning.Apply(draft);
        AppearancePlanning.Apply(draft);
        HintPlanning.Apply(draft);
        WatchPlanning.Apply(draft);
        return draft.ToPlan(picturesPerCall);
    }
}
