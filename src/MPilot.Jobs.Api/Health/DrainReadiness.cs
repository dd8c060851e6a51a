using MPilot.Jobs.Engine.Nodes;

namespace MPilot.Jobs.Api.Health;

/// <summary>Whether the service is on its way out.</summary>
internal sealed class DrainReadiness(Draining draining) : IReadinessCheck
{
    public Task<IReadOnlyList<ReadinessFinding>> CheckAsync(CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<ReadinessFinding>>(draining.HasBegun ? [new("service", "The service is stopping.", IsEssential: true)] : []);
}
