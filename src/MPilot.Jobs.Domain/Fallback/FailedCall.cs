using System.Collections.Immutable;

namespace MPilot.Jobs.Domain.Fallback;

/// <summary>A call that failed, as far as what follows depends on it.</summary>
/// <param name="Failure">How.</param>
/// <param name="At">When it was known.</param>
/// <param name="Jitter">Uniform in [0, 1): the full jitter of the backoff.</param>
public sealed record FailedCall(AttemptFailure Failure, DateTimeOffset At, double Jitter)
{
    /// <summary>The name of the key it was made with.</summary>
    public string? Key { get; init; }

    /// <summary>Names of the provider's other keys that could be used.</summary>
    public ImmutableArray<string> OtherKeys { get; init; } = [];
}
