using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Engine.Store;

/// <summary>Which of a tenant's jobs are wanted. What is <c>null</c> does not count.</summary>
/// <param name="Tenant">Whose jobs.</param>
/// <param name="Limit">At most so many.</param>
public sealed record JobQuery(string Tenant, int Limit)
{
    public JobStatus? Status { get; init; }

    /// <summary>The model as it was asked for, without its provider.</summary>
    public string? Model { get; init; }

    /// <summary>The <c>x-request-id</c> the job was accepted with.</summary>
    public string? RequestId { get; init; }

    /// <summary>Only jobs older than the one of this id, which need not be there any more.</summary>
    public string? After { get; init; }
}
