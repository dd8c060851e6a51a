namespace MPilot.Jobs.Engine.Drivers;

/// <summary>
/// What a driver can do besides <see cref="IDriver.SendAsync"/> where the provider's calls are jobs with ids of their own
/// (<see cref="IDriverIo.AcceptedAsync"/>): a call whose node died is asked after, and one nobody wants any more is stopped.
/// </summary>
public interface IProviderJobs
{
    /// <summary>Waits for a job that was accepted earlier and brings what it made, as <see cref="IDriver.SendAsync"/> would have.</summary>
    /// <param name="call">As it was sent.</param>
    /// <param name="providerJobId">The provider's id of its job, as it was recorded.</param>
    /// <param name="io">Where pictures go to.</param>
    /// <param name="cancellationToken">As for sending.</param>
    /// <returns>
    /// The pictures or the failure; <c>Lost</c> where the provider knows the job no more, <c>Canceled</c> where it was stopped.
    /// </returns>
    Task<DriverAnswer> ResumeAsync(DriverCall call, string providerJobId, IDriverIo io, CancellationToken cancellationToken);

    /// <summary>Asks the provider to stop a job. Whether it did, <see cref="ResumeAsync"/> finds out; a provider that does not answer is no error.</summary>
    Task CancelAsync(DriverCall call, string providerJobId, CancellationToken cancellationToken);
}
