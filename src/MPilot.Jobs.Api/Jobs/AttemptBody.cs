using System.Collections.Immutable;
using System.Text.Json.Serialization;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Api.Jobs;

/// <summary>One row of the trail: a call to a provider, or a step that was skipped.</summary>
internal sealed record AttemptBody(
    [property: JsonPropertyName("attempt")] int? Attempt,
    [property: JsonPropertyName("slots")] IReadOnlyList<int>? Slots,
    [property: JsonPropertyName("provider")] string Provider,
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("outcome")] string Outcome,
    [property: JsonPropertyName("failure")] string? Failure = null,
    [property: JsonPropertyName("status_code")] int? StatusCode = null,
    [property: JsonPropertyName("latency")] long? Latency = null,
    [property: JsonPropertyName("reason")] string? Reason = null)
{
    /// <summary>
    /// The whole trail: skipped steps in chain order, then attempts by number. Attempts that a closed gate passed by are skipped too; those that were dropped
    /// unsent, by a cancel or a picture that came late, are left out.
    /// </summary>
    public static ImmutableArray<AttemptBody> Trail(JobState job)
        => [.. job.Chain.Where(s => s.IsSkipped).Select(Skipped), .. job.Attempts.Where(a => IsCall(a) || IsPassedBy(a)).Select(a => Row(job.StepOf(a), a))];

    private static bool IsCall(Attempt attempt) => attempt.SentAt is not null || attempt.Status == AttemptStatus.Intended;

    private static bool IsPassedBy(Attempt attempt) => attempt is { SentAt: null, Status: AttemptStatus.Failed };

    private static AttemptBody Row(Step step, Attempt attempt) => IsPassedBy(attempt)
        ? new(attempt.Number, attempt.Slots, step.Provider, step.Model, "skipped", Reason: attempt.Failure!.Message)
        : Called(step, attempt);

    private static AttemptBody Skipped(Step step)
    {
        var reasons = step.Skipped.Select(s => $"{s.Parameter}: {s.Message ?? "not supported"}");
        return new(null, null, step.Provider, step.Model, "skipped", Reason: string.Join(" ", reasons));
    }

    private static AttemptBody Called(Step step, Attempt attempt)
        => new(
            attempt.Number, attempt.Slots, step.Provider, step.Model, WireNames.Of(attempt.Status),
            attempt.Failure is { } failure ? WireNames.Of(failure.Kind) : null, attempt.Failure?.StatusCode,
            attempt.EndedAt is { } end && attempt.SentAt is { } start ? (long)(end - start).TotalMilliseconds : null);
}
