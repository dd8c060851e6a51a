using MPilot.Jobs.Engine.Events;

namespace MPilot.Jobs.Api.Health;

/// <summary>Whether events get to other programs. Edits are taken all the same.</summary>
internal sealed class BusReadiness(IBusHealth bus) : IReadinessCheck
{
    public Task<IReadOnlyList<ReadinessFinding>> CheckAsync(CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<ReadinessFinding>>([new("bus", bus.Problem)]);
}
