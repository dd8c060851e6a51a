using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Nodes;

namespace MPilot.Jobs.Hosting;

/// <summary>The way out: take nothing new, let provider calls end, send home who still waits, then stop.</summary>
internal static partial class Stopping
{
    /// <summary>Completes when the service was told to stop and has stopped.</summary>
    public static async Task WaitAsync(WebApplication app, CancellationToken cancellationToken)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var byCaller = cancellationToken.Register(() => told.TrySetResult());
        await using var byHost = app.Lifetime.ApplicationStopping.Register(() => told.TrySetResult());
        await told.Task;
        await DrainAsync(app.Services);
        await app.StopAsync(CancellationToken.None);
    }

    /// <summary>While calls end, the service goes on answering: their callers, those who ask after jobs, and whoever asks whether it is ready.</summary>
    private static async Task DrainAsync(IServiceProvider services)
    {
        var (draining, time) = (services.GetRequiredService<Draining>(), services.GetRequiredService<TimeProvider>());
        var limit = TimeOf(services.GetRequiredService<MPilotOptions>());
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Stopping));
        draining.Begin();
        LogDraining(logger, limit);
        try
        {
            await Task.WhenAll(services.GetServices<IDrainable>().Select(d => d.DrainAsync())).WaitAsync(limit, time);
        }
        catch (TimeoutException)
        {
            LogStillInFlight(logger);
        }

        await draining.EndAsync();
    }

    private static TimeSpan TimeOf(MPilotOptions options)
        => options.Jobs.StopTime ?? options.Providers.Values.Select(p => p.Timeout).DefaultIfEmpty(TimeSpan.Zero).Max();

    [LoggerMessage(Level = LogLevel.Information, Message = "Told to stop: no more edits are taken, calls in flight may take {Limit} to end")]
    private static partial void LogDraining(ILogger logger, TimeSpan limit);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stopping with provider calls in flight; they are asked after, or count as lost, at the next start")]
    private static partial void LogStillInFlight(ILogger logger);
}
