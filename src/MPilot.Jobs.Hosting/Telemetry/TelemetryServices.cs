using System.Diagnostics.Metrics;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Telemetry;
using MPilot.Jobs.Engine.Telemetry.Exposition;

namespace MPilot.Jobs.Hosting.Telemetry;

/// <summary>What is measured, and who is told.</summary>
internal static class TelemetryServices
{
    /// <summary>Adds the instruments, the collector behind <c>/metrics</c>, and the export where one is configured.</summary>
    /// <returns>The instruments: parts are made with them before there is a container.</returns>
    public static JobsInstruments AddTelemetry(this IServiceCollection services, MPilotOptions options)
    {
        var instruments = new JobsInstruments(options.Providers.Keys, TimeProvider.System);
        services.AddSingleton(_ => instruments);
        services.AddSingleton<OutboxWatch>();
        services.AddSingleton(s => new MetricCollector(instruments, s.GetRequiredService<IMeterFactory>()));
        if (options.Telemetry.Otlp.Endpoint is not null)
        {
            // First of all services, so that it starts before and stops behind them.
            services.Insert(0, ServiceDescriptor.Singleton<IHostedService, OtlpExportService>());
        }

        return instruments;
    }

    /// <summary>Lets everything that is measured from now on be seen.</summary>
    public static void Begin(IServiceProvider services, MPilotOptions options)
    {
        services.GetRequiredService<JobsInstruments>().Watch(services.GetRequiredService<OutboxWatch>());
        if (options.Http.Metrics)
        {
            services.GetRequiredService<MetricCollector>();
        }
    }
}
