using System.Text.Json.Serialization;

namespace MPilot.Jobs.Engine.Jobs;

/// <summary>What became of a submission: one of three closed values.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Accepted), "accepted")]
[JsonDerivedType(typeof(Attached), "attached")]
[JsonDerivedType(typeof(KeyReused), "key_reused")]
public abstract record SubmitAnswer
{
    private SubmitAnswer()
    {
    }

    /// <summary>A new job exists, durably.</summary>
    public sealed record Accepted(string Job) : SubmitAnswer;

    /// <summary>The request repeats an earlier one; this is its job. The submitted artifacts were not adopted.</summary>
    /// <param name="Job">Its id.</param>
    /// <param name="Listener">Which of its listeners the caller is; 0 where the job is known by key, or <paramref name="IsReplay"/>.</param>
    /// <param name="IsReplay">The job failed a moment ago, and this caller gets the same failure.</param>
    public sealed record Attached(string Job, int Listener = 0, bool IsReplay = false) : SubmitAnswer;

    /// <summary>The idempotency key was used before with other content.</summary>
    public sealed record KeyReused : SubmitAnswer;
}
