using System.Collections.Immutable;
using System.Text.Json;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Storage.Json;

/// <summary>A job's state as UTF-8 JSON, the same in every store.</summary>
internal static class JobStateJson
{
    public static byte[] Write(JobState state) => JsonSerializer.SerializeToUtf8Bytes(state, StoredJsonContext.Default.JobState);

    /// <exception cref="JsonException">These bytes are no state, or one of a newer schema.</exception>
    public static JobState Read(ReadOnlySpan<byte> utf8)
    {
        var state = JsonSerializer.Deserialize(utf8, StoredJsonContext.Default.JobState) ?? throw new JsonException("A state is an object.");
        return state.Schema > JobState.CurrentSchema
            ? throw new JsonException($"State schema {state.Schema} is newer than the newest one known, {JobState.CurrentSchema}.")
            : Complete(state);
    }

    /// <summary>
    /// Gives optional members that a stored state lacks their empty value: the generated reader does not run initializers,
    /// so a member added after a state was stored would be read as the type's zero.
    /// </summary>
    private static JobState Complete(JobState state) => state with
    {
        Metadata = state.Metadata ?? ImmutableDictionary<string, string>.Empty,
        Warnings = state.Warnings.IsDefault ? [] : state.Warnings,
        Spec = Complete(state.Spec),
        Chain = state.Chain.Any(IsIncomplete) ? [.. state.Chain.Select(Complete)] : state.Chain,
        Slots = state.Slots.Any(s => s.KeysTried.IsDefault) ? [.. state.Slots.Select(Complete)] : state.Slots,
    };

    private static bool IsIncomplete(Step step) => step.Skipped.IsDefault || step.Warnings.IsDefault || step.Spec is { Extra: null };

    private static EditSpec Complete(EditSpec spec) => spec.Extra is null ? spec with { Extra = ImmutableDictionary<string, string>.Empty } : spec;

    private static Step Complete(Step step) => step with
    {
        Skipped = step.Skipped.IsDefault ? [] : step.Skipped,
        Warnings = step.Warnings.IsDefault ? [] : step.Warnings,
        Spec = step.Spec is null ? null : Complete(step.Spec),
    };

    private static Slot Complete(Slot slot) => slot with { KeysTried = slot.KeysTried.IsDefault ? [] : slot.KeysTried };
}
