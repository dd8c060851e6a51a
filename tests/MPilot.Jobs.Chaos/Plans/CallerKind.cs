namespace MPilot.Jobs.Chaos.Plans;

/// <summary>How a caller waits for its pictures.</summary>
internal enum CallerKind
{
    /// <summary>Holds its connection until it is answered.</summary>
    Waits,

    /// <summary>Reads a stream of pictures.</summary>
    Streams,

    /// <summary>Takes a 202 and asks until the job is final.</summary>
    Polls,

    /// <summary>Takes a 202 and reads the job's events, over every death of the service.</summary>
    Listens,

    /// <summary>Takes a 202 and cancels a moment later.</summary>
    Cancels,

    /// <summary>Ends its connection before it is answered.</summary>
    HangsUp,
}
