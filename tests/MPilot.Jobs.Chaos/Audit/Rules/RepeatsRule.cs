using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Chaos.Audit.Rules;

/// <summary>A call that follows one of which nobody knows whether it was bought is marked as a possible double purchase; there is one at most for a slot and step.</summary>
internal sealed class RepeatsRule : IRule
{
    public string Name => "possible doubles are marked, and at most one per slot and step";

    public IEnumerable<string> Check(Evidence evidence)
        => evidence.Books.Values.Where(job => job.State.Slots.Any(slot => !IsRight(job.State, slot))).Select(job => job.Story);

    private static bool IsRight(JobState job, Slot slot)
    {
        var calls = job.Attempts.Where(a => a.SentAt is not null && a.Slots.Contains(slot.Index)).ToList();
        var pairs = calls.Zip(calls.Skip(1));
        return calls.Where(c => c.PossibleDoublePurchase).GroupBy(c => c.Step).All(g => g.Count() == 1)
            && pairs.All(p => p.Second.PossibleDoublePurchase || !IsUnknown(p.First));
    }

    private static bool IsUnknown(Attempt call) => call.Status == AttemptStatus.Lost || call.Failure?.Kind is FailureKind.TimedOut or FailureKind.Lost;
}
