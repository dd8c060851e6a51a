using Microsoft.Extensions.DependencyInjection;

using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Orleans.Messages;

namespace MPilot.Jobs.Orleans.Jobs;

/// <summary>The jobs of a cluster: each lives on one of its nodes, any node reaches it.</summary>
public sealed class GrainJobs(IGrainFactory grains, [FromKeyedServices(EngineTime.Key)] TimeProvider time) : IJobs
{
    public async Task<SubmitAnswer> SubmitAsync(JobSubmission submission, CancellationToken cancellationToken)
    {
        var job = Grain(submission.Job.Id);
        try
        {
            return await Calling(async () => (await job.SubmitAsync(CarriedMessage.Of(submission), cancellationToken)).Read<SubmitAnswer>());
        }
        catch
        {
            // It may have been stored all the same; then it must not stand idle until its deadline.
            Wake(submission.Job.Id);
            throw;
        }
    }

    public Task<TellAnswer> TellAsync(string job, JobFact fact, CancellationToken cancellationToken)
        => Calling(async () => (await Grain(job).TellAsync(CarriedMessage.Of(fact), CancellationToken.None)).Read<TellAnswer>())
            .WaitAsync(cancellationToken);

    /// <summary>Lets a job perform what it owes as if for the first time, however long its node or the store is away.</summary>
    public async Task ResumeUntilDoneAsync(string job, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await ResumeAsync(job, cancellationToken);
                return;
            }
            catch (Exception failure) when (failure is StoreUnavailableException or VersionConflictException)
            {
                await Task.Delay(JobTelling.RetryInterval, time, cancellationToken);
            }
        }
    }

    private Task ResumeAsync(string job, CancellationToken cancellationToken)
        => Calling(async () =>
        {
            await Grain(job).ResumeAsync(cancellationToken);
            return true;
        });

    /// <summary>Tells a job the time. A hint: what it owes stands in the store, and the sweep comes back to it.</summary>
    public void Wake(string job)
        => _ = this.TellUntilTakenAsync(job, new JobFact.ClockReached(time.GetUtcNow()), time, CancellationToken.None);

    private IJobGrain Grain(string job) => grains.GetGrain<IJobGrain>(job);

    /// <summary>A node that went away in the middle of a call is like a store that did: nobody knows, and telling again is harmless.</summary>
    private static async Task<T> Calling<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (ClusterTrouble.Is(failure))
        {
            throw ClusterTrouble.Of(failure);
        }
    }
}
