using System.Collections.Immutable;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;

namespace MPilot.Jobs.Engine.Drivers;

/// <summary>What a call brought: a closed value.</summary>
public abstract record DriverAnswer
{
    private DriverAnswer()
    {
    }

    /// <summary>Pictures, in the provider's order, possibly fewer than asked for.</summary>
    public sealed record Delivered(
        ImmutableArray<DriverPicture> Pictures, Usage? Usage = null, string? Quality = null, string? Background = null) : DriverAnswer;

    public sealed record Failed(AttemptFailure Failure) : DriverAnswer;
}
