namespace MPilot.Jobs.Contracts;

/// <summary>The job reached its end. Always its last event.</summary>
public sealed record JobFinalized : JobEvent
{
    /// <summary>The <see cref="JobEvent.Type"/> of these.</summary>
    public const string TypeName = "job.finalized";

    public JobFinalized() => Type = TypeName;

    /// <summary><c>succeeded</c>, with at least one picture, <c>failed</c> or <c>canceled</c>.</summary>
    public string Status { get; init; } = "";

    /// <summary>Why it failed, such as <c>credentials</c>; null where it did not.</summary>
    public string? Failure { get; init; }
}
