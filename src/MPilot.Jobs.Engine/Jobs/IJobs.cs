using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Engine.Jobs;

/// <summary>
/// The front door of the engine: jobs are submitted, and facts are told to them. Both are messages, so that a grain can carry them.
/// Reading a job goes to <see cref="Store.IJobStore"/>, never through here.
/// </summary>
public interface IJobs
{
    /// <summary>
    /// Stores a job and starts it. When the answer is <see cref="SubmitAnswer.Accepted"/>, the job is on disk and will end exactly once.
    /// </summary>
    /// <exception cref="Store.StoreUnavailableException">Nobody knows whether it was accepted; if it was, it runs.</exception>
    /// <exception cref="Artifacts.ArtifactGoneException">A picture of the edit is no longer in the store; nothing was accepted.</exception>
    Task<SubmitAnswer> SubmitAsync(JobSubmission submission, CancellationToken cancellationToken);

    /// <summary>Tells a job a fact; returns once what follows from it is stored.</summary>
    /// <exception cref="Store.StoreUnavailableException">Nobody knows whether it was stored: tell it again.</exception>
    Task<TellAnswer> TellAsync(string job, JobFact fact, CancellationToken cancellationToken);
}
