using MassTransit;

using Microsoft.Extensions.Logging;

using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Nodes;

namespace MPilot.Jobs.Notifications.Hints;

/// <summary>Where a node hears on the bus of jobs that others have stored: a queue of its own, gone with it. It also hears itself there, which shows that the bus carries.</summary>
public sealed partial class HintsEndpoint(IJobFeed feed, NodeIdentity node, TimeProvider time, ILogger<HintsEndpoint> logger) : IReceiveEndpointObserver
{
    private readonly HeardNodes _nodes = new(time);
    private readonly Lock _gate = new();
    private volatile bool _isListening;
    private volatile bool _areHeard;

    /// <summary>Whether the queue is listened to at the moment.</summary>
    public bool IsListening => _isListening;

    /// <summary>Whether all there are were heard lately.</summary>
    public bool AreHeard => _areHeard;

    public Task Ready(ReceiveEndpointReady ready) => Listen(isListening: true);

    public Task Stopping(ReceiveEndpointStopping stopping) => Listen(isListening: false);

    public Task Completed(ReceiveEndpointCompleted completed) => Listen(isListening: false);

    public Task Faulted(ReceiveEndpointFaulted faulted) => Listen(isListening: false);

    /// <summary>Notes who fell silent. Whoever waits for a job is woken when it makes a difference: something may have been missed.</summary>
    public void Review()
    {
        bool areHeard;
        lock (_gate)
        {
            areHeard = _isListening && _nodes.AreAllHeard(node.Node);
            if (_areHeard == areHeard)
            {
                return;
            }

            _areHeard = areHeard;
        }

        feed.HintAll();
        if (areHeard)
        {
            LogHearing();
        }
        else
        {
            LogDeaf();
        }
    }

    /// <summary>Hears what a node tells.</summary>
    public Task Take(JobsChanged changed)
    {
        _nodes.Hear(changed.Node);
        Review();
        if (changed.Node != node.Node)
        {
            foreach (var job in changed.Jobs)
            {
                feed.Hint(job);
            }
        }

        return Task.CompletedTask;
    }

    internal void Declare(IRabbitMqBusFactoryConfigurator bus)
        => bus.ReceiveEndpoint($"mpilot-jobs-hints-{node.Node}", endpoint =>
        {
            endpoint.AutoDelete = true;
            endpoint.Durable = false;
            endpoint.DiscardFaultedMessages();
            endpoint.DiscardSkippedMessages();
            endpoint.Handler<JobsChanged>(context => Take(context.Message));
            endpoint.ConnectReceiveEndpointObserver(this);
        });

    private Task Listen(bool isListening)
    {
        _isListening = isListening;
        Review();
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Hears of all jobs that other nodes store")]
    private partial void LogHearing();

    [LoggerMessage(Level = LogLevel.Information, Message = "Does not hear of some jobs that other nodes store, and looks for them every 2 s")]
    private partial void LogDeaf();
}
