using System.Collections.Immutable;
using System.Text.Json.Serialization;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Api.Edits;

/// <summary>A wanted picture that did not come, in an answer that has others.</summary>
internal sealed record FailedSlotBody(
    [property: JsonPropertyName("index")] int Index,
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("message")] string Message)
{
    /// <summary>All of them, or <c>null</c> where there are none.</summary>
    public static ImmutableArray<FailedSlotBody>? Of(JobState job)
    {
        ImmutableArray<FailedSlotBody> all = [.. job.Slots.Where(s => s.Failure is not null).Select(Of)];
        return all.IsEmpty ? null : all;
    }

    private static FailedSlotBody Of(Slot slot)
    {
        var error = FailureErrors.Of(slot.Failure!);
        return new(slot.Index, error.Code, error.Message);
    }
}
