namespace MPilot.Jobs.Engine.Store;

/// <summary>What became of a <see cref="JobInsert"/>: a closed value. What does not insert lets the artifacts to adopt go, where they were uploaded for it.</summary>
public abstract record InsertAnswer
{
    private InsertAnswer()
    {
    }

    public sealed record Inserted : InsertAnswer;

    /// <summary>The key is taken by a job with the same fingerprint; nothing was written.</summary>
    public sealed record Repeats(string Job) : InsertAnswer;

    /// <summary>No key, but the job of a caller who asks again: it listens as the given number from now on.</summary>
    public sealed record Attaches(string Job, int Listener) : InsertAnswer;

    /// <summary>No key, but a job alike failed a moment ago; nothing was written.</summary>
    public sealed record Replays(string Job) : InsertAnswer;

    /// <summary>The key is taken by a job with another fingerprint; nothing was written.</summary>
    public sealed record KeyReused : InsertAnswer;
}
