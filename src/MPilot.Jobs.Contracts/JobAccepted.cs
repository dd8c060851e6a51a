namespace MPilot.Jobs.Contracts;

/// <summary>The job exists, durably. Always its first event.</summary>
public sealed record JobAccepted : JobEvent
{
    /// <summary>The <see cref="JobEvent.Type"/> of these.</summary>
    public const string TypeName = "job.accepted";

    public JobAccepted() => Type = TypeName;
}
