using Microsoft.Extensions.DependencyInjection;

namespace MPilot.Jobs.Engine.Net;

/// <summary>Composition of the guarded HTTP for webhooks.</summary>
public static class WebhookClients
{
    private const string Purpose = "webhooks";

    /// <summary>Adds the clients that webhooks are brought with. Expects <see cref="Configuration.MPilotOptions"/>.</summary>
    public static IServiceCollection AddWebhookClients(this IServiceCollection services)
    {
        services.AddGuardedClients(Purpose, options => options.Webhooks.AllowPrivateHosts);
        return services;
    }

    /// <summary>The client for a URL of a caller. It follows no redirect, takes no proxy, has no timeout of its own, and connects to allowed addresses only.</summary>
    public static HttpClient ForWebhook(this IHttpClientFactory clients, Uri url) => clients.CreateClient(GuardedClients.NameOf(Purpose, url.Scheme));
}
