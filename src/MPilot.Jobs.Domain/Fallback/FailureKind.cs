namespace MPilot.Jobs.Domain.Fallback;

/// <summary>Why an attempt, a slot or a job failed. Decides what happens next (<see cref="FallbackPolicy"/>) and what the caller sees.</summary>
public enum FailureKind
{
    /// <summary>Failed before the first byte was sent, 5xx or 408.</summary>
    Transient,

    /// <summary>The provider asks to slow down.</summary>
    RateLimited,

    /// <summary>The key was not accepted.</summary>
    Credentials,

    /// <summary>The key has no money or allowance left.</summary>
    Quota,

    /// <summary>No complete answer in time, or the connection was lost after the first byte: it may have been bought.</summary>
    TimedOut,

    /// <summary>The provider says the input is wrong.</summary>
    InvalidInput,

    /// <summary>The step cannot do what the edit asks.</summary>
    Unsupported,

    /// <summary>Refused for safety.</summary>
    Refused,

    /// <summary>A success without a usable picture.</summary>
    Broken,

    /// <summary>Nobody knows how the call ended: its node died.</summary>
    Lost,

    /// <summary>The caller canceled.</summary>
    Canceled,

    /// <summary>The job's deadline passed.</summary>
    DeadlineExceeded,
}
