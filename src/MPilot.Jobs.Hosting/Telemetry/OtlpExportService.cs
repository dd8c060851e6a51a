using System.Reflection;

using Microsoft.Extensions.Hosting;

using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Engine.Telemetry;

using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MPilot.Jobs.Hosting.Telemetry;

/// <summary>Sends spans and metrics to an OpenTelemetry collector while the service runs. A collector that is away is no reason to wait.</summary>
internal sealed class OtlpExportService(MPilotOptions options, NodeIdentity node) : IHostedService, IDisposable
{
    /// <summary>How long the last spans and the last metrics may each take to be sent at the end. 3 s.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    private const string DefaultName = "mpilot-jobs";

    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(Resource())
            .AddSource(TelemetryNames.Own, TelemetryNames.Requests)
            .AddOtlpExporter(exporter => Aim(exporter, "v1/traces"))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(Resource())
            .AddMeter([TelemetryNames.Own, .. TelemetryNames.FrameworkMeters])
            .AddOtlpExporter(exporter => Aim(exporter, "v1/metrics"))
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        var patience = (int)Farewell.TotalMilliseconds;
        return Task.WhenAll(
            Task.Run(() => _traces?.Shutdown(patience), CancellationToken.None), Task.Run(() => _metrics?.Shutdown(patience), CancellationToken.None));
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    private ResourceBuilder Resource()
    {
        var telemetry = options.Telemetry;
        var version = typeof(OtlpExportService).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return ResourceBuilder.CreateEmpty()
            .AddTelemetrySdk()
            .AddAttributes(telemetry.ResourceAttributes.Select(a => KeyValuePair.Create<string, object>(a.Key, a.Value)))
            .AddService(Name(telemetry), serviceVersion: version, serviceInstanceId: node.Node);
    }

    private static string Name(TelemetryOptions telemetry)
        => telemetry.ServiceName ?? telemetry.ResourceAttributes.GetValueOrDefault("service.name") ?? DefaultName;

    private void Aim(OtlpExporterOptions exporter, string signal)
    {
        var otlp = options.Telemetry.Otlp;
        var isGrpc = otlp.Protocol == "grpc";
        exporter.Protocol = isGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;

        // The exporter adds the signal's path only to an address it found by itself.
        exporter.Endpoint = isGrpc ? otlp.Endpoint! : new Uri($"{otlp.Endpoint!.AbsoluteUri.TrimEnd('/')}/{signal}");
        exporter.Headers = string.Join(',', otlp.Headers.Select(h => $"{h.Key}={Uri.EscapeDataString(h.Value)}"));
    }
}
