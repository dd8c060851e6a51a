namespace MPilot.Jobs.Contracts;

/// <inheritdoc cref="IJobEvent"/>
public abstract record JobEvent : IJobEvent
{
    /// <inheritdoc/>
    public string EventId { get; init; } = "";

    /// <inheritdoc/>
    public string Type { get; init; } = "";

    /// <inheritdoc/>
    public string Tenant { get; init; } = "";

    /// <inheritdoc/>
    public string JobId { get; init; } = "";

    /// <inheritdoc/>
    public Uri? JobUrl { get; init; }

    /// <inheritdoc/>
    public long Sequence { get; init; }

    /// <inheritdoc/>
    public DateTimeOffset At { get; init; }
}
