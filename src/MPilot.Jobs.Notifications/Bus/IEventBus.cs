using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Notifications.Bus;

/// <summary>Where events go for other programs.</summary>
public interface IEventBus : IBusHealth
{
    /// <summary>Whether it can be published to now. What is published while it cannot may be lost.</summary>
    bool IsUp { get; }

    /// <summary>Why it is not up, for the log of the operator; <c>null</c> where nobody knows.</summary>
    string? DownBecause { get; }

    /// <summary>Completes when the bus has the event for good; throws where that is not known.</summary>
    Task PublishAsync(OutboxRow row, CancellationToken cancellationToken);
}
