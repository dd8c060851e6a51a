using Microsoft.Extensions.DependencyInjection;

using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Notifications.Live;
using MPilot.Jobs.Notifications.Relay;
using MPilot.Jobs.Notifications.Webhooks;

namespace MPilot.Jobs.Notifications;

/// <summary>Puts the outbox relay and the live feed into a service collection.</summary>
public static class NotificationServices
{
    public static void AddNotifications(this IServiceCollection services)
    {
        services.AddSingleton<IJobFeed, LiveFeed>();
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<IOutboxSignal>(provider => new CommitSignals(provider.GetRequiredService<OutboxSignal>(), provider.GetRequiredService<DeliverySignal>()));
        services.AddHostedService<OutboxRelayService>();
        services.AddWebhooks();
    }
}
