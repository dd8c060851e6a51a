using MassTransit;

using MPilot.Jobs.Contracts;

namespace MPilot.Jobs.Notifications.Bus;

/// <summary>What is published, so that its exchanges are there before the first event is: others bind their queues to them.</summary>
internal static class BusTopology
{
    public static void Declare(IRabbitMqBusFactoryConfigurator bus)
    {
        bus.DeployPublishTopology = true;

        // A base that only saves words: nobody binds to it.
        bus.Publish<JobEvent>(topology => topology.Exclude = true);
        bus.Publish<JobAccepted>();
        bus.Publish<JobAttemptStarted>();
        bus.Publish<JobAttemptFinished>();
        bus.Publish<JobPicturePreviewed>();
        bus.Publish<JobPictureCompleted>();
        bus.Publish<JobPictureFailed>();
        bus.Publish<JobCancelRequested>();
        bus.Publish<JobFinalized>();
    }
}
