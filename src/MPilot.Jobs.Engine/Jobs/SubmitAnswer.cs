namespace MPilot.Jobs.Engine.Jobs;

/// <summary>What became of a submission: one of three closed values.</summary>
public abstract record SubmitAnswer
{
    private SubmitAnswer()
    {
    }

    /// <summary>A new job exists, durably.</summary>
    public sealed record Accepted(string Job) : SubmitAnswer;

    /// <summary>The request repeats an earlier one; this is its job. The submitted artifacts were not adopted.</summary>
    public sealed record Attached(string Job) : SubmitAnswer;

    /// <summary>The idempotency key was used before with other content.</summary>
    public sealed record KeyReused : SubmitAnswer;
}
