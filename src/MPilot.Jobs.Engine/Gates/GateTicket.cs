using System.Collections.Immutable;

namespace MPilot.Jobs.Engine.Gates;

/// <summary>A wish to make one call to a provider.</summary>
public sealed record GateTicket(string Provider, string Tenant, string Job, int Attempt)
{
    /// <summary>What makes it one of a kind.</summary>
    public (string Job, int Attempt) Call => (Job, Attempt);

    /// <summary>When the job was accepted: the place in the tenant's line. Nobody's accept order is lost by a restart.</summary>
    public DateTimeOffset AcceptedAt { get; init; }

    /// <summary>Whether a caller holds a connection open for the job; a share of the gate is kept for those.</summary>
    public bool IsAwaited { get; init; }

    /// <summary>Whether the job has another step to go to, so that a closed gate is better answered than waited for.</summary>
    public bool MayFallBack { get; init; }

    /// <summary>Names of keys that failed this step already: not to be chosen again, unless there is no other that can be expected to serve and nothing to fall back to.</summary>
    public ImmutableArray<string> AvoidKeys { get; init; } = [];
}
