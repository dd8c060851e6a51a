namespace MPilot.Jobs.Domain.Jobs;

/// <summary>What became of a fact told to a job.</summary>
public enum Verdict
{
    /// <summary>It holds now.</summary>
    Applied,

    /// <summary>It came late or twice: nothing changed, nothing is wrong.</summary>
    Ignored,

    /// <summary>It contradicts what is stored; the reason says how.</summary>
    Refused,
}
