using MPilot.Jobs.Engine.Catalog;

namespace MPilot.Jobs.Api.Health;

/// <summary>Which providers cannot work on this machine. The others still do.</summary>
internal sealed class ProviderReadiness(ProviderCatalog catalog) : IReadinessCheck
{
    public Task<IReadOnlyList<ReadinessFinding>> CheckAsync(CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<ReadinessFinding>>(
            [.. catalog.Providers.Select(p => new ReadinessFinding($"provider:{p.Name}", p.Driver.Unavailable)).OrderBy(f => f.Name, StringComparer.Ordinal)]);
}
