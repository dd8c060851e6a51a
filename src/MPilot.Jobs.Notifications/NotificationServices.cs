using Microsoft.Extensions.DependencyInjection;

using MPilot.Jobs.Engine.Buckets;
using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Webhooks;
using MPilot.Jobs.Notifications.Buckets;
using MPilot.Jobs.Notifications.Bus;
using MPilot.Jobs.Notifications.Hints;
using MPilot.Jobs.Notifications.Lanes;
using MPilot.Jobs.Notifications.Live;
using MPilot.Jobs.Notifications.Relay;
using MPilot.Jobs.Notifications.Webhooks;

namespace MPilot.Jobs.Notifications;

/// <summary>Puts the bus, the outbox relay and the live feed into a service collection.</summary>
public static class NotificationServices
{
    public static void AddNotifications(this IServiceCollection services)
    {
        services.AddSingleton<IJobFeed, LiveFeed>();
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<IOutboxSignal>(provider => new CommitSignals(
            provider.GetRequiredService<OutboxSignal>(), [provider.GetRequiredService<DueSignal<Delivery>>(), provider.GetRequiredService<DueSignal<BucketPut>>()]));
        services.AddSingleton<EventContracts>();
        services.AddSingleton<EventBus>();
        services.AddSingleton<IEventBus>(provider => provider.GetRequiredService<EventBus>());
        services.AddSingleton<IBusHealth>(provider => provider.GetRequiredService<EventBus>());

        // Stopped in the reverse order: the relay has nothing under way any more when the bus goes.
        services.AddHostedService(provider => provider.GetRequiredService<EventBus>());
        services.AddHostedService<OutboxRelayService>();
        services.AddWebhooks();
        services.AddBuckets();
    }

    /// <summary>Tells other nodes on the same store of changed jobs over the bus, which has to be RabbitMQ, and hears of theirs.</summary>
    public static void AddBusHints(this IServiceCollection services)
    {
        services.AddSingleton<HintsEndpoint>();
        services.AddSingleton<BusHints>();
        services.AddSingleton<IStoreHints>(provider => provider.GetRequiredService<BusHints>());
        services.AddHostedService(provider => provider.GetRequiredService<BusHints>());
    }
}
