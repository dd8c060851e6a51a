namespace MPilot.Jobs.Providers.Replicate;

/// <summary>How far a prediction is.</summary>
internal enum ReplicateStatus
{
    /// <summary><c>starting</c>, <c>processing</c>, or a status that came up since.</summary>
    Running,

    Succeeded,

    Failed,

    /// <summary><c>canceled</c>, or <c>aborted</c> before it ran.</summary>
    Canceled,
}
