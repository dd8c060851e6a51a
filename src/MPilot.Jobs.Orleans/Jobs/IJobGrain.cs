using MPilot.Jobs.Orleans.Messages;

namespace MPilot.Jobs.Orleans.Jobs;

/// <summary>One job's mailbox; its key is the job's id.</summary>
[Alias("mpilot.jobs.job")]
public interface IJobGrain : IGrainWithStringKey
{
    /// <summary>Takes a <c>JobSubmission</c>, answers a <c>SubmitAnswer</c>. Waits for longer than a database that is away takes to say so: who gave up sooner would not know.</summary>
    [Alias("submit")]
    [ResponseTimeout("00:01:30")]
    Task<CarriedMessage> SubmitAsync(CarriedMessage submission, CancellationToken cancellationToken);

    /// <summary>Takes a <c>JobFact</c>, answers a <c>TellAnswer</c>.</summary>
    [Alias("tell")]
    Task<CarriedMessage> TellAsync(CarriedMessage fact, CancellationToken cancellationToken);

    /// <summary>Performs what the stored job owes, as if this were its first turn: what a gate or a node that is gone was asked for is asked for again.</summary>
    [Alias("resume")]
    Task ResumeAsync(CancellationToken cancellationToken);
}
