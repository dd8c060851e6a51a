using Microsoft.Extensions.DependencyInjection;

using MPilot.Jobs.Engine.Net;
using MPilot.Jobs.Engine.Webhooks;
using MPilot.Jobs.Notifications.Lanes;

namespace MPilot.Jobs.Notifications.Webhooks;

/// <summary>Puts what brings webhooks into a service collection.</summary>
internal static class WebhookServices
{
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddWebhookClients();
        services.AddSingleton<DueSignal<Delivery>>();
        services.AddSingleton<IDeliverySignal>(provider => provider.GetRequiredService<DueSignal<Delivery>>());
        services.AddSingleton<WebhookSender>();
        services.AddHostedService<DeliveryService>();
    }
}
