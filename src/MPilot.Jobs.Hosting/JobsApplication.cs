using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

using MPilot.Jobs.Api;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Hosting.Configuration;
using MPilot.Jobs.Imaging;
using MPilot.Jobs.Notifications;
using MPilot.Jobs.Providers;

namespace MPilot.Jobs.Hosting;

/// <summary>Puts the whole service together.</summary>
public static class JobsApplication
{
    /// <summary>How long provider calls in flight may take to end when the service is told to stop. 30 s.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Reads the configuration, opens the store, and builds the service, ready to run.</summary>
    /// <param name="source">Where the configuration comes from.</param>
    /// <param name="addEngine">Adds the engine; called before the store is opened.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ConfigurationException">The configuration has mistakes.</exception>
    public static async Task<WebApplication> BuildAsync(
        ConfigurationSource source, Action<IServiceCollection, MPilotOptions> addEngine, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var configuration = source.Build();
        var options = new MPilotOptions();
        AddLogging(builder, configuration);
        builder.Services.AddEngineParts();
        builder.Services.AddProviders();
        builder.Services.AddNotifications();
        builder.Services.AddImaging(options.Pictures);
        OptionsReader.Read(configuration, name => source.Environment.GetValueOrDefault(name), KindsOf(builder.Services), options);
        builder.Services.AddOptions(options);
        addEngine(builder.Services, options);
        await builder.Services.AddStorageAsync(options, cancellationToken);
        builder.Services.AddApi();
        builder.WebHost.UseKestrelCore().UseUrls(options.Http.Listen).UseShutdownTimeout(ShutdownTimeout);

        var app = builder.Build();
        app.MapApi();
        app.Lifetime.ApplicationStarted.Register(() => Welcome.Print(app, options));
        return app;
    }

    /// <summary>The driver kinds say what a provider's configuration may hold, before there is one.</summary>
    private static List<IDriverKind> KindsOf(IServiceCollection services)
    {
        using var provider = services.BuildServiceProvider();
        return [.. provider.GetServices<IDriverKind>()];
    }

    private static void AddLogging(WebApplicationBuilder builder, Microsoft.Extensions.Configuration.IConfiguration configuration)
        => builder.Logging
            .AddConfiguration(configuration.GetSection("Logging"))
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("System.Net.Http", LogLevel.Warning)
            .AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
                console.UseUtcTimestamp = true;
                console.ColorBehavior = LoggerColorBehavior.Disabled;
            });
}
