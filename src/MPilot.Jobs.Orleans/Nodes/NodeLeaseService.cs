using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Orleans.Nodes;

/// <summary>
/// Registers the node before anything else starts, keeps its lease until everything else has stopped, and gives it up then, so that others look after what it
/// left without waiting for its end.
/// </summary>
public sealed partial class NodeLeaseService(
    INodes nodes, NodeIdentity node, ClusterOptions options, [FromKeyedServices(EngineTime.Key)] TimeProvider time, IHostApplicationLifetime lifetime, ILogger<NodeLeaseService> logger)
    : IHostedLifecycleService, IDisposable
{
    /// <summary>Renewals in the time of one lease: two may fail.</summary>
    private const int RenewalsPerLease = 3;

    private readonly CancellationTokenSource _stopping = new();
    private Task _renewing = Task.CompletedTask;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        node.Register(await nodes.RegisterAsync(node.Node, now + options.Lease, expireOthers: false, cancellationToken));
        node.Renewed(now, now + options.Lease);
        LogRegistered(node.Node, node.Epoch);
        _renewing = RepeatAsync();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _renewing;
        await node.EndAsync();
        try
        {
            await nodes.LeaveAsync(node.Node, node.Epoch, cancellationToken);
        }
        catch (StoreUnavailableException failure)
        {
            LogNotLeft(failure.Message);
        }
    }

    public void Dispose() => _stopping.Dispose();

    private async Task RepeatAsync()
    {
        using var timer = new PeriodicTimer(options.Lease / RenewalsPerLease, time);
        try
        {
            while (!node.Over.IsCancellationRequested && await timer.WaitForNextTickAsync(_stopping.Token))
            {
                await RenewAsync();
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    private async Task RenewAsync()
    {
        var now = time.GetUtcNow();
        try
        {
            if (await nodes.RenewAsync(node.Node, node.Epoch, now + options.Lease, _stopping.Token))
            {
                node.Renewed(now, now + options.Lease);
                return;
            }
        }
        catch (StoreUnavailableException failure)
        {
            // Nobody else can have taken over without the store either; whether somebody has, the next renewal tells.
            Miss(failure);
            return;
        }

        await node.EndAsync();
        LogTakenOver(node.Epoch, node.Node);
        lifetime.StopApplication();
    }

    private void Miss(StoreUnavailableException failure)
    {
        node.MissRenewal();
        if (node.HasExpired(time.GetUtcNow()))
        {
            LogOver(failure.Message);
        }
        else
        {
            LogNotRenewed(failure.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Node {Node} registered under epoch {Epoch}")]
    private partial void LogRegistered(string node, long epoch);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of this node could not be renewed: {Reason}")]
    private partial void LogNotRenewed(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The lease of this node is over: it makes no call until the store is back, if nobody takes over: {Reason}")]
    private partial void LogOver(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of this node could not be given up, others wait for its end: {Reason}")]
    private partial void LogNotLeft(string reason);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Others have taken over from epoch {Epoch} of node {Node}: the process stops")]
    private partial void LogTakenOver(long epoch, string node);
}
