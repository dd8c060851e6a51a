using System.Collections.Concurrent;

using Microsoft.Extensions.Logging;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Money;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Catalog;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Emulation;
using MPilot.Jobs.Engine.Gates;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Nodes;

namespace MPilot.Jobs.Engine.Attempts;

/// <summary>Makes calls, each detached from every mailbox, and tells the job how they went.</summary>
public sealed partial class AttemptRunner(
    IJobs jobs, IGates gates, ProviderCatalog catalog, EditDrawing drawing, NodeIdentity node, TimeProvider time, IRandomness randomness,
    ILogger<AttemptRunner> logger) : IAttempts
{
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
        var key = (order.Job, order.Attempt);
        var running = new RunningAttempt();
        if (!_running.TryAdd(key, running))
        {
            return Task.CompletedTask;
        }

        // The flag is read after the call is visible: whoever drains either waits for it or keeps it from starting.
        if (_draining)
        {
            // The lease is kept, so that the gate grants no more.
            Forget(order, running);
            return Task.CompletedTask;
        }

        _ = Task.Run(() => RunAsync(order, running), CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task CancelAsync(string job, int attempt, CancellationToken cancellationToken)
        => _running.TryGetValue((job, attempt), out var running) ? running.CancelAsync() : Task.CompletedTask;

    private async Task RunAsync(AttemptOrder order, RunningAttempt running)
    {
        try
        {
            // 1. What has to be drawn is drawn while nothing can have been bought.
            await using var call = await PrepareAsync(order, running);

            // 2. Nothing leaves before the job has taken down who sends it.
            var sending = new JobFact.AttemptSending(time.GetUtcNow(), order.Attempt, order.Key, order.Lease, node.Node, node.Epoch);
            var answer = await jobs.TellUntilTakenAsync(order.Job, sending, time, CancellationToken.None);
            if (answer.Verdict == Verdict.Refused)
            {
                LogNotSending(order.Job, order.Attempt, answer.Reason!);
                return;
            }

            // 3. The call, 4. its outcome, told until it is taken.
            var sent = time.GetTimestamp();
            var outcome = call is PreparedCall.Ready ready ? await SendAsync(order, running, ready) : ((PreparedCall.Ended)call).Outcome;
            await TellEndAsync(order, outcome, CostOf(order, call, outcome, time.GetElapsedTime(sent)));
        }
        catch (Exception failure)
        {
            LogRunnerFailed(failure, order.Job, order.Attempt);
        }
        finally
        {
            await ReleaseAsync(order, running);
        }
    }

    private async Task ReleaseAsync(AttemptOrder order, RunningAttempt running)
    {
        try
        {
            await gates.ReleaseAsync(order.Step.Provider, order.Lease, CancellationToken.None);
        }
        finally
        {
            Forget(order, running);
        }
    }

    private void Forget(AttemptOrder order, RunningAttempt running)
    {
        _running.TryRemove((order.Job, order.Attempt), out _);
        running.Dispose();
    }

    /// <summary>By the prices as they are configured now, whatever they were when the job was accepted.</summary>
    private static Cost CostOf(AttemptOrder order, PreparedCall call, AttemptOutcome outcome, TimeSpan duration)
        => call is PreparedCall.Ready ready
            ? PriceTable.Of(ready.Provider.Prices.Find(order.Step.Model), new(CallFacts.Of(ready.Edit.Sent, order.Slots.Length), outcome, duration))
            : Cost.Nothing;

    private async Task TellEndAsync(AttemptOrder order, AttemptOutcome outcome, Cost cost)
    {
        var ended = new JobFact.AttemptEnded(time.GetUtcNow(), order.Attempt, outcome, randomness.NextUnit(), cost);
        try
        {
            await jobs.TellUntilTakenAsync(order.Job, ended, time, CancellationToken.None);
        }
        catch (ArtifactGoneException failure)
        {
            // The store was away for longer than pictures live that nobody adopts. They cost what they cost.
            LogCallFailed(failure, order.Job, order.Attempt);
            var lost = ended with { At = time.GetUtcNow(), Outcome = new AttemptOutcome.Lost() };
            await jobs.TellUntilTakenAsync(order.Job, lost, time, CancellationToken.None);
        }
    }

    /// <summary>Ends without a call where that is known to be in vain.</summary>
    private async Task<PreparedCall> PrepareAsync(AttemptOrder order, RunningAttempt running)
    {
        try
        {
            return catalog.Find(order.Step.Provider) is { } provider
                ? await PrepareAsync(order, provider, running.Canceled)
                : Ended(FailureKind.Unsupported, $"The provider {order.Step.Provider} is not configured any more.");
        }
        catch (PictureUndecodableException)
        {
            return Ended(FailureKind.InvalidInput, "A picture of the edit cannot be decoded.");
        }
        catch (EditImpossibleException exception)
        {
            return Ended(FailureKind.InvalidInput, exception.Message);
        }
        catch (OperationCanceledException) when (running.Canceled.IsCancellationRequested)
        {
            return new PreparedCall.Ended(new AttemptOutcome.Canceled());
        }
        catch (Exception failure)
        {
            // Our own storage failed, or a bug: nothing was bought, so the step can be tried again.
            LogNotPrepared(failure, order.Job, order.Attempt);
            return Ended(FailureKind.Transient, "The edit could not be made ready.");
        }
    }

    private async Task<PreparedCall> PrepareAsync(AttemptOrder order, ConfiguredProvider provider, CancellationToken cancellationToken)
    {
        var plan = StepPlanner.Plan(provider, order.Step.Model, order.Spec, drawing.Unavailable);
        return plan.Refusals.FirstOrDefault() is { } refusal
            ? Ended(FailureKind.Unsupported, refusal.Message)
            : new PreparedCall.Ready(provider, plan, await drawing.PrepareAsync(order.Tenant, order.Spec, plan, cancellationToken));
    }

    private static PreparedCall.Ended Ended(FailureKind kind, string? message) => new(Failed(kind, message));

    private async Task<AttemptOutcome> SendAsync(AttemptOrder order, RunningAttempt running, PreparedCall.Ready call)
    {
        try
        {
            return await ExchangeAsync(order, running, call);
        }
        catch (Exception failure)
        {
            // A bug, or our own storage failed after the call may have been bought: nobody knows.
            LogCallFailed(failure, order.Job, order.Attempt);
            return new AttemptOutcome.Lost();
        }
    }

    private async Task<AttemptOutcome> ExchangeAsync(AttemptOrder order, RunningAttempt running, PreparedCall.Ready call)
    {
        var options = call.Provider.Options;
        var left = order.Deadline - time.GetUtcNow();
        using var timeout = new CancellationTokenSource(Shorter(options.Timeout, left), time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, running.Canceled);
        var secret = options.Keys.FirstOrDefault(k => k.Name == order.Key)?.Secret ?? "";
        await using var io = new AttemptIo(order, call, drawing, jobs, time);
        try
        {
            var sent = new DriverCall(call.Edit.Sent, order.Step.Model, order.Slots.Length, secret);
            return await io.TakeAsync(await call.Provider.Driver.SendAsync(sent, io, stop.Token));
        }
        catch (OperationCanceledException) when (running.Canceled.IsCancellationRequested)
        {
            return new AttemptOutcome.Canceled();
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return Failed(FailureKind.TimedOut, null);
        }
    }

    private static AttemptOutcome.Failed Failed(FailureKind kind, string? message) => new(new AttemptFailure(kind, Message: message));

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right)
    {
        var shorter = left < right ? left : right;
        return shorter > TimeSpan.Zero ? shorter : TimeSpan.Zero;
    }
}
