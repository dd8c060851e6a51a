namespace MPilot.Jobs.Contracts;

/// <summary>
/// A fact about a job, published at least once. Bind to this one's exchange to hear of all of them. Prompts, secrets and pictures' bytes are never in it.
/// New members may come with any version, members are never renamed or removed within one; readers pass over what they do not know.
/// </summary>
public interface IJobEvent
{
    /// <summary>
    /// <c>evt_</c> and 32 hexadecimal digits, those of the message id: the same whenever the same event is published again, and no other event's.
    /// </summary>
    string EventId { get; }

    /// <summary>What happened, such as <c>job.accepted</c>; the events of this namespace say which is theirs.</summary>
    string Type { get; }

    /// <summary>Whose job it is; <c>default</c> where the service has no keys.</summary>
    string Tenant { get; }

    /// <summary>The job's id, <c>job_</c> and 32 hexadecimal digits.</summary>
    string JobId { get; }

    /// <summary>Where the job's state is read, with the tenant's key.</summary>
    Uri? JobUrl { get; }

    /// <summary>The event's place among those of its job: from 1, without gap.</summary>
    long Sequence { get; }

    /// <summary>When it became true, in UTC.</summary>
    DateTimeOffset At { get; }
}
