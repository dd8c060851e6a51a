using MPilot.Jobs.Domain.Fallback;

namespace MPilot.Jobs.Domain.Tests.Properties;

/// <summary>A job and the dice for what is told to it.</summary>
internal sealed record Script(int Count, Step[] Chain, Roll[] Rolls)
{
    /// <summary>Shown for a counterexample: the facts as they came to be, with their verdicts.</summary>
    public override string ToString()
    {
        var steps = Chain.Select(s => s.IsSkipped ? "skipped" : $"retries {s.Retries}, per call {s.PicturesPerCall}, retry lost {s.RetryLost}");
        var told = Playthrough.Of(this).Told.Select(t => $"  {t.Answer.Verdict} {t.Answer.Reason} {t.Fact}");
        return $"{Count} pictures; {string.Join(" | ", steps)}\n{string.Join('\n', told)}";
    }
}
