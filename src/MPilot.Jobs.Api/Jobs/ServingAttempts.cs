using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Api.Jobs;

/// <summary>The attempts that brought pictures.</summary>
internal static class ServingAttempts
{
    /// <summary>In the order of the slots they filled, each once.</summary>
    public static IEnumerable<Attempt> Of(JobState job)
        => job.Slots.Where(s => s.Picture is not null).Select(s => s.FilledBy).OfType<int>().Distinct().Select(job.FindAttempt).OfType<Attempt>();
}
