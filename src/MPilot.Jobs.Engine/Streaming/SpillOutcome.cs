namespace MPilot.Jobs.Engine.Streaming;

/// <summary>What became of reading a provider's answer: a closed value.</summary>
public abstract record SpillOutcome
{
    private SpillOutcome()
    {
    }

    /// <summary>The whole answer was read and is JSON.</summary>
    /// <param name="Json">To be disposed by whoever receives it.</param>
    public sealed record Complete(SpilledJson Json) : SpillOutcome;

    /// <summary>The answer came, and cannot be used.</summary>
    /// <param name="Reason">A sentence of ours; nothing of the answer is in it.</param>
    public sealed record Broken(string Reason) : SpillOutcome;

    /// <summary>The connection was lost before the answer was complete.</summary>
    public sealed record Cut : SpillOutcome;
}
