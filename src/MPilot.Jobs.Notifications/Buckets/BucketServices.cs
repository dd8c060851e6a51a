using Microsoft.Extensions.DependencyInjection;

using MPilot.Jobs.Engine.Buckets;
using MPilot.Jobs.Engine.Net;
using MPilot.Jobs.Notifications.Lanes;

namespace MPilot.Jobs.Notifications.Buckets;

/// <summary>Puts what brings pictures to buckets into a service collection.</summary>
internal static class BucketServices
{
    public static void AddBuckets(this IServiceCollection services)
    {
        services.AddBucketClients();
        services.AddSingleton<DueSignal<BucketPut>>();
        services.AddSingleton<BucketSender>();
        services.AddHostedService<BucketService>();
    }
}
