using Microsoft.Extensions.DependencyInjection;

namespace MPilot.Jobs.Engine.Net;

/// <summary>
/// Composition of the guarded HTTP for what is sent to URLs of callers. Its clients follow no redirect, take no proxy, have no timeout of their own, and
/// connect to allowed addresses only.
/// </summary>
public static class ReceiverClients
{
    private const string Webhooks = "webhooks";
    private const string Buckets = "buckets";

    /// <summary>Adds the clients that webhooks are brought with. Expects <see cref="Configuration.MPilotOptions"/>.</summary>
    public static IServiceCollection AddWebhookClients(this IServiceCollection services)
    {
        services.AddGuardedClients(Webhooks, options => options.Webhooks.AllowPrivateHosts);
        return services;
    }

    /// <summary>Adds the clients that pictures are brought to buckets with. Expects <see cref="Configuration.MPilotOptions"/>.</summary>
    public static IServiceCollection AddBucketClients(this IServiceCollection services)
    {
        services.AddGuardedClients(Buckets, options => options.Buckets.AllowPrivateHosts);
        return services;
    }

    /// <summary>The client for a webhook.</summary>
    public static HttpClient ForWebhook(this IHttpClientFactory clients, Uri url) => clients.CreateClient(GuardedClients.NameOf(Webhooks, url.Scheme));

    /// <summary>The client for a bucket.</summary>
    public static HttpClient ForBucket(this IHttpClientFactory clients, Uri url) => clients.CreateClient(GuardedClients.NameOf(Buckets, url.Scheme));
}
