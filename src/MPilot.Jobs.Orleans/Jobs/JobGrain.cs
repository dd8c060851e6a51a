using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Orleans.Messages;

using Orleans.Placement;

namespace MPilot.Jobs.Orleans.Jobs;

/// <summary>
/// Runs a job's coordinator, one turn at a time. What it keeps may be dropped at any moment: the store is the truth. It lives where its edit came in, next to
/// whoever waits for it: a proxy spreads edits over the nodes.
/// </summary>
[GrainType("mpilot-job")]
[PreferLocalPlacement]
[CollectionAgeLimit(Minutes = 2)]
internal sealed class JobGrain(ClusterEngine engine) : Grain, IJobGrain
{
    private JobCoordinator? _coordinator;
    private ITimer? _timer;

    private string Job => this.GetPrimaryKeyString();

    public Task<CarriedMessage> SubmitAsync(CarriedMessage submission, CancellationToken cancellationToken)
        => TurnAsync(c => c.SubmitAsync(submission.Read<JobSubmission>(), cancellationToken));

    public Task<CarriedMessage> TellAsync(CarriedMessage fact, CancellationToken cancellationToken)
        => TurnAsync(c => c.TellAsync(fact.Read<JobFact>()));

    public Task ResumeAsync(CancellationToken cancellationToken)
    {
        _coordinator = null;
        return TurnAsync(c => c.TellAsync(new JobFact.ClockReached(engine.Time.GetUtcNow())));
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _timer?.Dispose();
        return Task.CompletedTask;
    }

    private async Task<CarriedMessage> TurnAsync<T>(Func<JobCoordinator, Task<T>> turn)
    {
        try
        {
            _coordinator ??= new(Job, engine.Ports);
            return CarriedMessage.Of(await turn(_coordinator));
        }
        catch (VersionConflictException)
        {
            // Another activation has the job, or had it: whoever is called next reads it again.
            _coordinator = null;
            DeactivateOnIdle();
            throw;
        }
        finally
        {
            SetTimer();
        }
    }

    private void SetTimer()
    {
        var job = Job;
        _timer?.Dispose();
        _timer = _coordinator?.WakeAt is { } wakeAt ? WakeTimer.Start(wakeAt, engine.Time, () => engine.Jobs.Wake(job)) : null;
        if (_coordinator is { IsAtRest: true, WakeAt: null })
        {
            DeactivateOnIdle();
        }
    }
}
