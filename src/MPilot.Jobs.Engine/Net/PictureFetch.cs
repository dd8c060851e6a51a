namespace MPilot.Jobs.Engine.Net;

/// <summary>How the fetching of a picture ended. No more is told: it would tell callers about other people's servers.</summary>
public enum PictureFetch
{
    /// <summary>All bytes are in the upload.</summary>
    Complete,

    /// <summary>Its host cannot be reached, may not be reached, or does not answer with the thing itself.</summary>
    Failed,

    /// <summary>It took too long.</summary>
    TimedOut,

    /// <summary>It is larger than a picture may be.</summary>
    TooLarge,
}
