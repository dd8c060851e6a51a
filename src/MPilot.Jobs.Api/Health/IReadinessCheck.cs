namespace MPilot.Jobs.Api.Health;

/// <summary>One thing <c>/health/ready</c> looks at. Register any number; each answers quickly and does not throw.</summary>
public interface IReadinessCheck
{
    /// <summary>What was found now, one finding for each part looked at.</summary>
    Task<IReadOnlyList<ReadinessFinding>> CheckAsync(CancellationToken cancellationToken);
}
