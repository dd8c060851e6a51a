namespace MPilot.Jobs.Contracts;

/// <summary>Somebody asked to cancel. A picture that is on its way may still come first.</summary>
public sealed record JobCancelRequested : JobEvent
{
    /// <summary>The <see cref="JobEvent.Type"/> of these.</summary>
    public const string TypeName = "job.cancel_requested";

    public JobCancelRequested() => Type = TypeName;
}
