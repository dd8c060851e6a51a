using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MPilot.Jobs.Hosting.Tests.Support;

/// <summary>Does something when the whole service is up.</summary>
internal sealed class OnceStarted(IServiceProvider services, Action act) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(act);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
