using MassTransit;

using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Nodes;

namespace MPilot.Jobs.Notifications.Hints;

/// <summary>Where a node hears on the bus of jobs that others have stored: a queue of its own, gone with it.</summary>
public sealed class HintsEndpoint(IJobFeed feed, NodeIdentity node) : IReceiveEndpointObserver
{
    private volatile bool _areHeard;

    /// <summary>Whether the queue is listened to at the moment.</summary>
    public bool AreHeard => _areHeard;

    public Task Ready(ReceiveEndpointReady ready) => Hear(areHeard: true);

    public Task Stopping(ReceiveEndpointStopping stopping) => Hear(areHeard: false);

    public Task Completed(ReceiveEndpointCompleted completed) => Hear(areHeard: false);

    public Task Faulted(ReceiveEndpointFaulted faulted) => Hear(areHeard: false);

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

    private Task Hear(bool areHeard)
    {
        if (_areHeard != areHeard)
        {
            _areHeard = areHeard;
            feed.HintAll();
        }

        return Task.CompletedTask;
    }

    private Task Take(JobsChanged changed)
    {
        if (changed.Node != node.Node)
        {
            foreach (var job in changed.Jobs)
            {
                feed.Hint(job);
            }
        }

        return Task.CompletedTask;
    }
}
