using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Engine.Jobs;

/// <summary>What became of a fact.</summary>
/// <param name="Verdict">Applied, ignored as late or repeated, or refused.</param>
/// <param name="Reason">For a refused fact, the name of the rule; <c>no_such_job</c> for an unknown job.</param>
public readonly record struct TellAnswer(Verdict Verdict, string? Reason = null)
{
    /// <summary>Why a call is not sent whose gate has moved: the grant is void, and the job asks the new gate when it is told the time.</summary>
    public const string GateMoved = "gate_moved";
}
