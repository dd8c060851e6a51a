namespace MPilot.Jobs.Contracts;

/// <summary>A call to a provider ended.</summary>
public sealed record JobAttemptFinished : JobEvent
{
    /// <summary>The <see cref="JobEvent.Type"/> of these.</summary>
    public const string TypeName = "job.attempt_finished";

    public JobAttemptFinished() => Type = TypeName;

    /// <summary>The number of the call, from 1 over all providers of the job.</summary>
    public int Attempt { get; init; }

    /// <summary>The provider, by its name in the configuration of the service.</summary>
    public string Provider { get; init; } = "";

    /// <summary>The model, without the provider.</summary>
    public string Model { get; init; } = "";

    /// <summary><c>succeeded</c>, <c>failed</c>, <c>canceled</c>, or <c>lost</c>: nobody knows how it ended.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>Why it failed, such as <c>rate_limited</c>, <c>timed_out</c> or <c>refused</c>; null where it did not.</summary>
    public string? Failure { get; init; }

    /// <summary>The HTTP status of the provider; null where there was none.</summary>
    public int? StatusCode { get; init; }
}
