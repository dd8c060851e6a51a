namespace MPilot.Jobs.Contracts;

/// <summary>A call to a provider is about to be made.</summary>
public sealed record JobAttemptStarted : JobEvent
{
    /// <summary>The <see cref="JobEvent.Type"/> of these.</summary>
    public const string TypeName = "job.attempt_started";

    public JobAttemptStarted() => Type = TypeName;

    /// <summary>The number of the call, from 1 over all providers of the job.</summary>
    public int Attempt { get; init; }

    /// <summary>The provider, by its name in the configuration of the service.</summary>
    public string Provider { get; init; } = "";

    /// <summary>The model, without the provider.</summary>
    public string Model { get; init; } = "";
}
