using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Engine.Ledger;

namespace MPilot.Jobs.Chaos.Audit.Rules;

/// <summary>Whatever was bought without filling a slot has a call in the ledger that says nobody can know, or that what came was of no use.</summary>
internal sealed class PurchasesRule : IRule
{
    public string Name => "what is bought in vain is in the ledger";

    /// <summary>Nobody knows how it ended, or what came was of no use, or it was a job at the provider, which may bill for jobs that fail.</summary>
    public static bool MayBeInVain(Purchase call)
        => call.Status is AttemptStatus.Lost or AttemptStatus.Canceled
            || (call.Status == AttemptStatus.Failed
                && (call.ProviderJobId is not null || call.Failure is FailureKind.TimedOut or FailureKind.Broken or FailureKind.Lost));

    public IEnumerable<string> Check(Evidence evidence)
    {
        var bought = evidence.Calls.Where(c => c.Record.Purchased).ToLookup(c => (c.Mark, c.Provider));
        return evidence.JobsByMark.SelectMany(
            jobs => jobs.SelectMany(j => j.Calls).GroupBy(c => c.Provider).SelectMany(
                calls => Check([.. calls], bought[(jobs.Key, calls.Key)].Count()).Select(what => $"{calls.Key} {what}: {string.Join("; ", jobs.Select(j => j.Story))}")));
    }

    private static IEnumerable<string> Check(List<Purchase> calls, int bought)
    {
        var used = calls.Count(c => c.Status == AttemptStatus.Succeeded);
        if (used > bought)
        {
            yield return $"sold {bought} and {used} were used";
        }

        if (bought - used > calls.Count(MayBeInVain))
        {
            yield return $"sold {bought}, of which {used} were used";
        }
    }
}
