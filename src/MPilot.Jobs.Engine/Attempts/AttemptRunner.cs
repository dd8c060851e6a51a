using System.Collections.Concurrent;
using System.Collections.Immutable;

using Microsoft.Extensions.Logging;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Money;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Budgets;
using MPilot.Jobs.Engine.Catalog;
using MPilot.Jobs.Engine.Emulation;
using MPilot.Jobs.Engine.Gates;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Telemetry;

namespace MPilot.Jobs.Engine.Attempts;

/// <summary>Makes calls, each detached from every mailbox, and tells the job how they went.</summary>
public sealed partial class AttemptRunner(
    IJobs jobs, IGates gates, ProviderCatalog catalog, EditDrawing drawing, FairBudget pictures, NodeIdentity node, TimeProvider time,
    IRandomness randomness, ILogger<AttemptRunner> logger) : IAttempts, IDrainable
{
    private readonly CallPreparation _preparation = new(catalog, drawing, logger);
    private readonly CallExchange _exchange = new(jobs, drawing, node, time, logger);
    private readonly ConcurrentDictionary<(string Job, int Attempt), RunningAttempt> _running = new();
    private volatile bool _draining;

    /// <summary>Starts no more calls and completes when those running have ended. What is not started stays intended, for the next process.</summary>
    public Task DrainAsync()
    {
        _draining = true;
        return WhenIdleAsync();
    }

    /// <summary>Completes when no call is running any more.</summary>
    public Task WhenIdleAsync() => Task.WhenAll(_running.Values.Select(r => r.Ended));

    public Task StartAsync(AttemptOrder order, CancellationToken cancellationToken)
    {
        TryStart(order, mayWait: true);
        return Task.CompletedTask;
    }

    /// <summary>Starts a call. False: this process takes no more calls, or has as many pictures in flight as it may and the call may not wait.</summary>
    public bool TryStart(AttemptOrder order, bool mayWait)
    {
        var room = pictures.TryTake(order.Slots.Length);
        if (room is null && !mayWait)
        {
            return false;
        }

        if (_draining)
        {
            // The lease is kept, so that the gate grants no more. A drain that begins after this look finds the call, or keeps it from being prepared.
            room?.Dispose();
            return false;
        }

        Start(order, room);
        return true;
    }

    public Task CancelAsync(string job, int attempt, CancellationToken cancellationToken)
        => _running.TryGetValue((job, attempt), out var running) ? running.CancelAsync() : Task.CompletedTask;

    private void Start(AttemptOrder order, IDisposable? room)
    {
        var running = new RunningAttempt(order.Lease);
        while (!_running.TryAdd((order.Job, order.Attempt), running))
        {
            if (_running.TryGetValue((order.Job, order.Attempt), out var earlier) && earlier.TryFollow(order))
            {
                room?.Dispose();
                return;
            }
        }

        _ = Task.Run(() => RunAsync(order, running, room), CancellationToken.None);
    }

    private async Task RunAsync(AttemptOrder order, RunningAttempt running, IDisposable? taken)
    {
        string? refusal = null;
        try
        {
            await using var lease = new CallLease(gates, order, time);
            using var room = taken ?? await TakeRoomAsync(order, running.Canceled);
            refusal = room is null ? null : await CallAsync(order, lease, running.Canceled);
        }
        catch (Exception failure)
        {
            LogRunnerFailed(failure, order.Job, order.Attempt);
        }
        finally
        {
            await EndAsync(order, running, refusal);
        }
    }

    /// <summary>Waits for others to end where this process has as much in flight as it may. <c>null</c>: nobody wants the call any more.</summary>
    private async Task<IDisposable?> TakeRoomAsync(AttemptOrder order, CancellationToken canceled)
    {
        try
        {
            // An orphan that is canceled still has to be stopped at its provider.
            return await pictures.TakeAsync(order.Slots.Length, order.Orphan is null ? canceled : CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Makes the call.</summary>
    /// <returns>Why it was not made, where the job did not let it.</returns>
    private async Task<string?> CallAsync(AttemptOrder order, CallLease lease, CancellationToken canceled)
    {
        // 1. What has to be drawn is drawn while nothing can have been bought.
        await using var call = await PrepareAsync(order, canceled);
        if (call is null || !await LivesAsync(order))
        {
            return null;
        }

        // 2. Nothing leaves before the job has taken down who makes the call.
        var answer = await jobs.TellUntilTakenAsync(order.Job, Begin(order, call), time, CancellationToken.None);
        if (answer.Verdict == Verdict.Refused)
        {
            LogNotSending(order.Job, order.Attempt, answer.Reason!);
            lease.LeaveToJob();
            return answer.Reason;
        }

        // A process that slept meanwhile: by now the call may count as lost, and be made again by others.
        if (!await LivesAsync(order))
        {
            return null;
        }

        // 3. The call, 4. its outcome, told to the gate once and to the job until it is taken.
        using var span = JobTracing.StartAttempt(order);
        var began = order.Orphan?.SentAt ?? time.GetUtcNow();
        var outcome = call is PreparedCall.Ready ready ? await _exchange.RunAsync(order, ready, canceled) : WithoutCall(order, call);
        if (outcome is null)
        {
            LogBrokenOff(order.Job, order.Attempt);
            return null;
        }

        span.End(outcome);
        var otherKeys = call is PreparedCall.Ready ? await lease.ReportAsync(ReportOf(outcome)) : [];
        await TellEndAsync(order, outcome, CostOf(order, call, outcome, time.GetUtcNow() - began), otherKeys);
        return null;
    }

    /// <summary>A process that others take for dead sends nothing: they may be doing so already. Whether they do, it learns from the store.</summary>
    private async Task<bool> LivesAsync(AttemptOrder order)
    {
        var lives = await node.LivesAsync(time);
        if (!lives)
        {
            LogNotSending(order.Job, order.Attempt, "node_taken_over");
        }

        return lives;
    }

    /// <summary>Waits while our own storage is away; <c>null</c> where nobody waits any more: the attempt stays as it is.</summary>
    private async Task<PreparedCall?> PrepareAsync(AttemptOrder order, CancellationToken canceled)
    {
        while (!_draining && time.GetUtcNow() < order.Deadline)
        {
            try
            {
                return await _preparation.PrepareAsync(order, canceled);
            }
            catch (StoreUnavailableException failure)
            {
                LogStorageAway(failure, order.Job, order.Attempt);
                await Task.Delay(JobTelling.RetryInterval, time, CancellationToken.None);
            }
        }

        return null;
    }

    private JobFact Begin(AttemptOrder order, PreparedCall call) => order.Orphan is { } orphan
        ? new JobFact.AttemptTakenUp(time.GetUtcNow(), order.Attempt, node.Node, node.Epoch, orphan.Epoch)
        : new JobFact.AttemptSending(time.GetUtcNow(), order.Attempt, order.Key, order.Lease, node.Node, node.Epoch, BoundOf(order, call))
        {
            GateEpoch = order.GateEpoch,
        };

    /// <summary>A call that was sent by another may have been bought, whatever keeps us from asking after it.</summary>
    private static AttemptOutcome WithoutCall(AttemptOrder order, PreparedCall call)
        => order.Orphan is null ? ((PreparedCall.Ended)call).Outcome : new AttemptOutcome.Lost();

    private static GateReport ReportOf(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Failed failed => new(failed.Failure.Kind, failed.Failure.RetryAfter),
        AttemptOutcome.Canceled => new(FailureKind.Canceled, null),
        AttemptOutcome.Lost => new(FailureKind.Lost, null),
        _ => new(null, null),
    };

    /// <summary>Where a gate has moved, the job asks the new one.</summary>
    private async Task EndAsync(AttemptOrder order, RunningAttempt running, string? refusal)
    {
        Forget(order, running);
        if (refusal == TellAnswer.GateMoved)
        {
            await jobs.TellUntilTakenAsync(order.Job, new JobFact.ClockReached(time.GetUtcNow()), time, CancellationToken.None);
        }
    }

    private void Forget(AttemptOrder order, RunningAttempt running)
    {
        _running.TryRemove((order.Job, order.Attempt), out _);
        var next = running.Close();
        running.Dispose();
        if (next is not null)
        {
            TryStart(next, mayWait: true);
        }
    }

    /// <summary>By the prices as they are configured now, whatever they were when the job was accepted.</summary>
    private static Cost CostOf(AttemptOrder order, PreparedCall call, AttemptOutcome outcome, TimeSpan duration)
        => call is PreparedCall.Ready ready
            ? PriceTable.Of(ready.Provider.Prices.Find(order.Step.Model), new(CallFacts.Of(ready.Edit.Sent, order.Slots.Length), outcome, duration))
            : order.Orphan is null ? Cost.Nothing : Cost.Unknown;

    private static Cost? BoundOf(AttemptOrder order, PreparedCall call)
        => call is PreparedCall.Ready ready
            ? PriceBound.Of(
                ready.Provider.Prices.Find(order.Step.Model),
                CallFacts.Of(ready.Edit.Sent, order.Slots.Length) with { Timeout = ready.Provider.Options.Timeout })
            : Cost.Nothing;

    private async Task TellEndAsync(AttemptOrder order, AttemptOutcome outcome, Cost cost, ImmutableArray<string> otherKeys)
    {
        var ended = new JobFact.AttemptEnded(time.GetUtcNow(), order.Attempt, outcome, randomness.NextUnit(), cost) { OtherKeys = otherKeys };
        try
        {
            await jobs.TellUntilTakenAsync(order.Job, ended, time, CancellationToken.None);
        }
        catch (ArtifactGoneException failure)
        {
            // The store was away for longer than pictures live that nobody adopts. They cost what they cost.
            LogPicturesGone(failure, order.Job, order.Attempt);
            var lost = ended with { At = time.GetUtcNow(), Outcome = new AttemptOutcome.Lost() };
            await jobs.TellUntilTakenAsync(order.Job, lost, time, CancellationToken.None);
        }
    }
}
