using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

using MPilot.Jobs.Api;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Embedded;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Hosting.Configuration;
using MPilot.Jobs.Hosting.Telemetry;
using MPilot.Jobs.Imaging;
using MPilot.Jobs.Notifications;
using MPilot.Jobs.Notifications.Bus;
using MPilot.Jobs.Providers;
using MPilot.Jobs.Storage;
using MPilot.Jobs.Storage.AzureBlob;
using MPilot.Jobs.Storage.Postgres;
using MPilot.Jobs.Storage.Sqlite;

namespace MPilot.Jobs.Hosting;

/// <summary>Puts the whole service together.</summary>
public static class JobsApplication
{
    /// <summary>How long answers under way may take to end once no call is in flight any more. 20 s.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Reads the configuration, opens the store, and builds the service, ready to run.</summary>
    /// <param name="source">Where the configuration comes from.</param>
    /// <param name="engine">Where jobs run.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The service; disposing it releases the data directory, whether it was started or not.</returns>
    /// <exception cref="ConfigurationException">The configuration has mistakes.</exception>
    /// <exception cref="DataDirectoryInUseException">Another process has the data directory.</exception>
    /// <exception cref="DatabaseInUseException">Another process has the database, and the engine has to be alone on it.</exception>
    /// <exception cref="StoreUnavailableException">The store, or where artifacts are kept, cannot be opened.</exception>
    /// <exception cref="NewerDatabaseException">A newer version has used the store.</exception>
    public static async Task<WebApplication> BuildAsync(
        ConfigurationSource source, IEngineHosting engine, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var configuration = source.Build();
        var options = new MPilotOptions();
        AddLogging(builder, configuration);
        builder.Services.AddEngineParts();
        builder.Services.AddProviders();
        builder.Services.AddNotifications();
        builder.Services.AddImaging(options.Pictures);
        OptionsReader.Read(configuration, name => source.Environment.GetValueOrDefault(name), KindsOf(builder.Services), engine.Validate, options);
        builder.Services.AddOptions(options);
        var instruments = builder.Services.AddTelemetry(options);
        engine.Add(builder, options);
        if (!engine.IsAlone && options.Bus.Kind == EventBus.RabbitMq)
        {
            builder.Services.AddBusHints();
        }

        try
        {
            await builder.Services.AddStorageAsync(options, engine.IsAlone, instruments, cancellationToken);
        }
        catch
        {
            await using var held = builder.Services.BuildServiceProvider();
            Hold(held);
            throw;
        }

        builder.Services.AddApi();
        builder.WebHost.UseKestrelCore().UseUrls(new Uri(options.Http.Listen).GetLeftPart(UriPartial.Authority)).UseShutdownTimeout(ShutdownTimeout);

        var app = builder.Build();
        Hold(app.Services);
        TelemetryServices.Begin(app.Services, options);
        _ = engine.AnswersCalls(options) ? app.MapApi() : app.MapOperations();
        app.Lifetime.ApplicationStarted.Register(() => Console.Write(Welcome.Text(app.Urls.First(), options)));
        return app;
    }

    /// <summary>The driver kinds say what a provider's configuration may hold, before there is one.</summary>
    private static List<IDriverKind> KindsOf(IServiceCollection services)
    {
        using var provider = services.BuildServiceProvider();
        return [.. provider.GetServices<IDriverKind>()];
    }

    /// <summary>A container releases only what it has handed out: what is open already is its own from here on.</summary>
    private static void Hold(IServiceProvider services)
    {
        services.GetService<DataDirectoryLock>();
        services.GetService<SqliteDatabase>();
        services.GetService<PostgresOwnership>();
        services.GetService<PostgresDatabase>();
        services.GetService<BlobContainer>();
    }

    private static void AddLogging(WebApplicationBuilder builder, Microsoft.Extensions.Configuration.IConfiguration configuration)
        => builder.Logging
            .AddConfiguration(configuration.GetSection("Logging"))
            .AddFilter("Microsoft", LogLevel.Warning)

            // A start that fails is told in one line by whoever started it.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)
            .AddFilter("System.Net.Http", LogLevel.Warning)
            .AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
                console.UseUtcTimestamp = true;
                console.ColorBehavior = LoggerColorBehavior.Disabled;
            });
}
