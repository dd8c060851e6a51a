using System.CommandLine;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Embedded;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Hosting.Configuration;

namespace MPilot.Jobs.Hosting;

/// <summary>The service as a program: reads the command line and the configuration, runs until told to stop.</summary>
public static class JobsHost
{
    /// <summary>Exit code for a configuration with mistakes.</summary>
    public const int BadConfiguration = 2;

    /// <summary>What is left to do once the calls in flight have ended or were given up: closing the store. 10 s.</summary>
    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(10);

    /// <summary>Runs the service.</summary>
    /// <param name="args"><c>--port N --data DIR --config FILE</c>, each optional.</param>
    /// <param name="addEngine">Adds the engine; called before any store is opened, so that it can claim the data.</param>
    /// <returns>0, or an exit code.</returns>
    public static Task<int> RunAsync(string[] args, Action<IServiceCollection, MPilotOptions> addEngine)
    {
        var port = new Option<int?>("--port") { Description = "Port to listen on at 127.0.0.1; 0 takes a free one. Default: 8080." };
        var data = new Option<string?>("--data") { Description = "Folder for the database and the artifacts. Default: data." };
        var config = new Option<string?>("--config") { Description = "JSON configuration file." };
        var root = new RootCommand("MPilot.Jobs: an OpenAI-compatible image-edit service.") { port, data, config };
        root.SetAction((parsed, cancellationToken) =>
        {
            var overrides = new Dictionary<string, string?>(StringComparer.Ordinal);
            if (parsed.GetValue(port) is { } number)
            {
                overrides["MPilot:Http:Listen"] = $"http://127.0.0.1:{number}";
            }

            if (parsed.GetValue(data) is { } folder)
            {
                overrides["MPilot:Data"] = folder;
            }

            var source = new ConfigurationSource { File = parsed.GetValue(config), Overrides = overrides, Environment = ProcessEnvironment.Variables };
            return RunAsync(source, addEngine, cancellationToken);
        });

        // By default the process would be ended 2 s after it was told to stop, whatever is in flight.
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = JobsApplication.ShutdownTimeout + ClosingTime });
    }

    private static async Task<int> RunAsync(
        ConfigurationSource source, Action<IServiceCollection, MPilotOptions> addEngine, CancellationToken cancellationToken)
    {
        try
        {
            await using var app = await JobsApplication.BuildAsync(source, addEngine, cancellationToken);
            await ((IHost)app).RunAsync(cancellationToken);
            return 0;
        }
        catch (ConfigurationException failure)
        {
            await Console.Error.WriteLineAsync($"The configuration has mistakes:{Environment.NewLine}{failure.Message}");
            return BadConfiguration;
        }
        catch (Exception failure) when (failure is DataDirectoryInUseException or StoreUnavailableException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"The service cannot start: {failure.Message}");
            return 1;
        }
    }
}
