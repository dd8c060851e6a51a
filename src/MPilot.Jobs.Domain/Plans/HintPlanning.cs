using System.Collections.Immutable;

namespace MPilot.Jobs.Domain.Plans;

/// <summary>What only hints at the picture: sent where the model takes it, left out with a warning where not.</summary>
internal static class HintPlanning
{
    public static void Apply(PlanDraft draft)
    {
        var (asked, model) = (draft.Asked, draft.Model);
        draft.Sent = draft.Sent with
        {
            Quality = Keep(draft, asked.Quality, EditParameters.Quality, NotOneOf(model.Qualities, asked.Quality)),
            InputFidelity = Keep(draft, asked.InputFidelity, EditParameters.InputFidelity, NotOneOf(model.Fidelities, asked.InputFidelity)),
            User = Keep(draft, asked.User, EditParameters.User, Unless(model.User, "This model is not told who the user is.")),
            NegativePrompt = Keep(draft, asked.NegativePrompt, EditParameters.NegativePrompt, Unless(model.NegativePrompt, "This model takes no negative prompt.")),
            Seed = Keep(draft, asked.Seed, EditParameters.Seed, Unless(model.Seed, "This model takes no seed.")),
            InferenceSteps = Keep(
                draft, asked.InferenceSteps, EditParameters.InferenceSteps, Unless(model.InferenceSteps, "This model takes no number of steps.")),
            Extra = Extras(draft),
        };
    }

    /// <summary>Why a value cannot be asked for, or <c>null</c>.</summary>
    public static string? NotOneOf(ImmutableArray<string>? values, string? value)
        => values is not { } known || value is null || known.Contains(value, StringComparer.Ordinal) ? null
            : known.IsEmpty ? "This model has no such parameter."
            : $"This model takes {string.Join(", ", known)}.";

    private static string? Unless(bool takes, string whyNot) => takes ? null : whyNot;

    private static string? Keep(PlanDraft draft, string? value, string parameter, string? whyNot)
        => value is not null && Judge(draft, parameter, whyNot) ? value : null;

    private static T? Keep<T>(PlanDraft draft, T? value, string parameter, string? whyNot)
        where T : struct
        => value is not null && Judge(draft, parameter, whyNot) ? value : null;

    private static bool Judge(PlanDraft draft, string parameter, string? whyNot)
    {
        draft.Rows.HonourHintUnless(whyNot, parameter);
        return whyNot is null;
    }

    private static ImmutableDictionary<string, string> Extras(PlanDraft draft)
    {
        var kept = draft.Asked.Extra;
        foreach (var name in draft.Asked.Extra.Keys.Order(StringComparer.Ordinal))
        {
            var whyNot = Unless(draft.Model.Extras.Contains(name, StringComparer.Ordinal), "This model has no such field.");
            kept = Judge(draft, name, whyNot) ? kept : kept.Remove(name);
        }

        return kept;
    }
}
