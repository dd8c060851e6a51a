namespace MPilot.Jobs.Domain.Jobs;

/// <summary>Where a job stands. See the state chart in this folder's README.</summary>
public enum JobStatus
{
    /// <summary>Accepted; no attempt has been sent yet.</summary>
    Queued,

    /// <summary>At least one attempt is in flight.</summary>
    Running,

    /// <summary>None is in flight; the next is due later or waits for a gate.</summary>
    Waiting,

    /// <summary>At least one slot has its picture. Final.</summary>
    Succeeded,

    /// <summary>No slot has a picture. Final.</summary>
    Failed,

    /// <summary>Canceled before a picture came. Final.</summary>
    Canceled,
}
