using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Engine.Streaming;

namespace MPilot.Jobs.Providers.Replicate;

/// <summary>What the API answered: a closed value.</summary>
internal abstract record ReplicateReply
{
    private ReplicateReply()
    {
    }

    /// <summary>A document.</summary>
    /// <param name="Json">To be disposed by whoever receives it.</param>
    public sealed record Told(SpilledJson Json) : ReplicateReply;

    /// <summary>An error status, or no complete answer.</summary>
    /// <param name="Failure">How it would have failed a call.</param>
    public sealed record Failed(AttemptFailure Failure) : ReplicateReply;
}
