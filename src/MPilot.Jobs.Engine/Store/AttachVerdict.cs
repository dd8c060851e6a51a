namespace MPilot.Jobs.Engine.Store;

/// <summary>What an earlier job is to a request alike.</summary>
public enum AttachVerdict
{
    /// <summary>Nothing: the request makes a job of its own.</summary>
    None,

    /// <summary>Its job: the request listens to it from now on.</summary>
    Attach,

    /// <summary>It failed a moment ago: the request gets the same failure.</summary>
    Replay,
}
