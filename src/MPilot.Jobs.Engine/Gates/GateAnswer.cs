namespace MPilot.Jobs.Engine.Gates;

/// <summary>A gate's answer: a closed value.</summary>
public abstract record GateAnswer
{
    private GateAnswer()
    {
    }

    /// <summary>Go, with this key (its name), under this lease.</summary>
    public sealed record Granted(string Key, string Lease) : GateAnswer;

    /// <summary>In the queue; the grant comes as a fact.</summary>
    public sealed record Queued : GateAnswer;
}
