namespace MPilot.Jobs.Domain.Webhooks;

/// <summary>In whose words a delivery is written.</summary>
public enum DeliveryFormat
{
    /// <summary>Ours: type, timestamp, sequence and the job's snapshot.</summary>
    Standard,

    /// <summary>Bifrost's <c>async_job.completed</c> and <c>async_job.failed</c>.</summary>
    Bifrost,
}
