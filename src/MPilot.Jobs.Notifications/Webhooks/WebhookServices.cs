using Microsoft.Extensions.DependencyInjection;

using MPilot.Jobs.Engine.Net;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Notifications.Webhooks;

/// <summary>Puts what brings webhooks into a service collection.</summary>
internal static class WebhookServices
{
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddWebhookClients();
        services.AddSingleton<DeliverySignal>();
        services.AddSingleton<IDeliverySignal>(provider => provider.GetRequiredService<DeliverySignal>());
        services.AddSingleton<WebhookSender>();
        services.AddHostedService<DeliveryService>();
    }
}
