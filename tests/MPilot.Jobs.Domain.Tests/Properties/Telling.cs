using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Domain.Tests.Properties;

/// <summary>One fact told to one state, and the answer.</summary>
internal sealed record Telling(JobState Before, JobFact Fact, Transition Answer)
{
    public JobState After => Answer.State;

    /// <summary>Attempts that this fact made.</summary>
    public IEnumerable<Attempt> NewAttempts => After.Attempts.Skip(Before.Attempts.Length);
}
