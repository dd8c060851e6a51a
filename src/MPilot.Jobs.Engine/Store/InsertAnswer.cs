namespace MPilot.Jobs.Engine.Store;

/// <summary>What became of a <see cref="JobInsert"/>: one of three closed values.</summary>
public abstract record InsertAnswer
{
    private InsertAnswer()
    {
    }

    public sealed record Inserted : InsertAnswer;

    /// <summary>The key is taken by a job with the same fingerprint; nothing was written.</summary>
    public sealed record Repeats(string Job) : InsertAnswer;

    /// <summary>The key is taken by a job with another fingerprint; nothing was written.</summary>
    public sealed record KeyReused : InsertAnswer;
}
