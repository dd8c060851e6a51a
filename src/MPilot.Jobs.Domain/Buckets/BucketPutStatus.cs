namespace MPilot.Jobs.Domain.Buckets;

/// <summary>Where a picture on its way to a caller's bucket stands.</summary>
public enum BucketPutStatus
{
    /// <summary>Its job is not final: there is nothing to bring yet.</summary>
    Waiting,

    /// <summary>To be tried at its due time, or being tried.</summary>
    Pending,

    /// <summary>The bucket took it. Final.</summary>
    Delivered,

    /// <summary>It is given up. Final; the job is none the worse for it.</summary>
    Failed,
}
