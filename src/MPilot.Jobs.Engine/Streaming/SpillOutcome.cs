namespace MPilot.Jobs.Engine.Streaming;

/// <summary>What became of reading a JSON body: a closed value.</summary>
public abstract record SpillOutcome
{
    private SpillOutcome()
    {
    }

    /// <summary>The whole body was read and is JSON.</summary>
    /// <param name="Json">To be disposed by whoever receives it.</param>
    public sealed record Complete(SpilledJson Json) : SpillOutcome;

    /// <summary>A provider's answer came, and cannot be used.</summary>
    /// <param name="Reason">A sentence of ours; nothing of the answer is in it.</param>
    public sealed record Broken(string Reason) : SpillOutcome;

    /// <summary>A body was read under rules of its own and breaks them.</summary>
    /// <param name="Flaw">How.</param>
    /// <param name="Place">Where, as far as it is known.</param>
    public sealed record Flawed(SpillFlaw Flaw, JsonPlace Place) : SpillOutcome;

    /// <summary>The connection was lost before the body was complete.</summary>
    public sealed record Cut : SpillOutcome;
}
