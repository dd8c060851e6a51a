namespace MPilot.Jobs.Engine.Store;

/// <summary>How far the answer of a job got whose caller waits for it and sent no idempotency key.</summary>
public enum AnswerStatus
{
    /// <summary>Somebody listens.</summary>
    Awaited,

    /// <summary>Whoever listened is gone, or was told to ask again.</summary>
    Orphaned,

    /// <summary>It was written to its end.</summary>
    Delivered,
}
