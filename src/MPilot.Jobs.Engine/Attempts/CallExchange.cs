using Microsoft.Extensions.Logging;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Emulation;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Nodes;

namespace MPilot.Jobs.Engine.Attempts;

/// <summary>
/// One exchange with a provider, within its time: sends a call, or asks after one that outlived its node. A call that is given up is stopped at the
/// provider where that can be done, and asked after once more: what it made all the same is not thrown away.
/// </summary>
internal sealed partial class CallExchange(IJobs jobs, EditDrawing drawing, NodeIdentity node, TimeProvider time, ILogger logger)
{
    /// <summary>How long a provider may take to stop a job and to say how it ended; an orphaned call is asked after for at least as long. 15 s.</summary>
    public static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(15);

    /// <returns><c>null</c>: others have taken over from this process while the call was made. It was broken off, and is theirs to look after.</returns>
    public async Task<AttemptOutcome?> RunAsync(AttemptOrder order, PreparedCall.Ready call, CancellationToken canceled)
    {
        try
        {
            await using var io = new AttemptIo(order, call, drawing, jobs, time);
            return await RunAsync(order, call, io, canceled);
        }
        catch (Exception failure)
        {
            // A bug, or our own storage failed after the call may have been bought: nobody knows.
            LogCallFailed(failure, order.Job, order.Attempt);
            return new AttemptOutcome.Lost();
        }
    }

    private async Task<AttemptOutcome?> RunAsync(AttemptOrder order, PreparedCall.Ready call, AttemptIo io, CancellationToken canceled)
    {
        var (driver, options) = (call.Provider.Driver, call.Provider.Options);
        var secret = options.Keys.FirstOrDefault(k => k.Name == order.Key)?.Secret ?? "";
        var sent = new DriverCall(call.Edit.Sent, order.Step.Model, order.Slots.Length, secret);
        using var timeout = new CancellationTokenSource(Allowed(order, options.Timeout), time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, canceled, node.Over);
        try
        {
            return (order.Orphan, driver) switch
            {
                (null, _) => await io.TakeAsync(await driver.SendAsync(sent, io, stop.Token)),
                ({ } orphan, IProviderJobs provider) => await io.TakeAsync(await provider.ResumeAsync(sent, orphan.ProviderJobId, io, stop.Token)),
                _ => new AttemptOutcome.Lost(),
            };
        }
        catch (OperationCanceledException) when (node.Over.IsCancellationRequested)
        {
            return null;
        }
        catch (OperationCanceledException) when (canceled.IsCancellationRequested)
        {
            return await SettleAsync(driver, sent, io) ?? new AttemptOutcome.Canceled();
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return await SettleAsync(driver, sent, io) switch
            {
                null => Failed(FailureKind.TimedOut, null),
                AttemptOutcome.Canceled => Failed(FailureKind.Transient, "The provider took too long; its job was stopped."),
                var settled => settled,
            };
        }
    }

    /// <summary>Stops the provider's job and finds out how it ended; <c>null</c> where that cannot be known.</summary>
    private async Task<AttemptOutcome?> SettleAsync(IDriver driver, DriverCall sent, AttemptIo io)
    {
        if (driver is not IProviderJobs provider || io.ProviderJobId is not { } id)
        {
            return null;
        }

        using var limit = new CancellationTokenSource(SettleTime, time);
        try
        {
            await provider.CancelAsync(sent, id, limit.Token);
            var outcome = await io.TakeAsync(await provider.ResumeAsync(sent, id, io, limit.Token));
            return outcome is AttemptOutcome.Lost ? null : outcome;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return null;
        }
    }

    private TimeSpan Allowed(AttemptOrder order, TimeSpan timeout)
    {
        var now = time.GetUtcNow();
        if (order.Orphan is { } orphan)
        {
            timeout -= now - orphan.SentAt;
            timeout = timeout > SettleTime ? timeout : SettleTime;
        }

        var left = order.Deadline - now;
        var shorter = timeout < left ? timeout : left;
        return shorter > TimeSpan.Zero ? shorter : TimeSpan.Zero;
    }

    private static AttemptOutcome.Failed Failed(FailureKind kind, string? message) => new(new AttemptFailure(kind, Message: message));

    [LoggerMessage(Level = LogLevel.Error, Message = "Attempt {Attempt} of {Job} ended by an unexpected failure; it counts as lost")]
    private partial void LogCallFailed(Exception failure, string job, int attempt);
}
