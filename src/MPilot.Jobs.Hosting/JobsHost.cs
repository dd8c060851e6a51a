using System.CommandLine;
using System.Net.Sockets;

using Microsoft.AspNetCore.Builder;

using MPilot.Jobs.Engine.Embedded;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Hosting.Configuration;
using MPilot.Jobs.Storage;

namespace MPilot.Jobs.Hosting;

/// <summary>The service as a program: reads the command line and the configuration, runs until told to stop.</summary>
public static class JobsHost
{
    /// <summary>Exit code where the surroundings do not allow a start: the port, the data directory or the database.</summary>
    public const int CannotStart = 1;

    /// <summary>Exit code for a command line or a configuration with mistakes.</summary>
    public const int BadConfiguration = 2;

    /// <summary>Runs the service. What keeps it from starting is told on standard error.</summary>
    /// <param name="args"><c>--port N --data DIR --config FILE</c>, each optional.</param>
    /// <param name="engine">Where jobs run.</param>
    /// <returns>0, <see cref="CannotStart"/> or <see cref="BadConfiguration"/>.</returns>
    public static Task<int> RunAsync(string[] args, IEngineHosting engine)
        => RunAsync(args, engine, ProcessEnvironment.Variables, Console.Error, CancellationToken.None);

    internal static async Task<int> RunAsync(
        string[] args, IEngineHosting engine, IReadOnlyDictionary<string, string> environment, TextWriter error,
        CancellationToken cancellationToken)
    {
        var port = new Option<int?>("--port") { Description = "Port to listen on at 127.0.0.1; 0 takes a free one. Default: 8080." };
        var data = new Option<string?>("--data") { Description = "Folder for the database and the artifacts. Default: data." };
        var config = new Option<string?>("--config") { Description = "JSON configuration file." };
        var root = new RootCommand("MPilot.Jobs: an OpenAI-compatible image-edit service.") { port, data, config };
        root.SetAction((parsed, stop) => RunAsync(Source(parsed, port, data, config, environment), engine, error, stop));
        var line = root.Parse(args);
        if (line.Errors.Count > 0)
        {
            await error.WriteLineAsync($"{string.Join(' ', line.Errors.Select(e => e.Message))} See --help.");
            return BadConfiguration;
        }

        // By default the process would be ended 2 s after it was told to stop, whatever is in flight. How long that may take, the configuration says.
        var patience = TimeSpan.FromDays(1);
        return await line.InvokeAsync(new InvocationConfiguration { Error = error, ProcessTerminationTimeout = patience }, cancellationToken);
    }

    private static ConfigurationSource Source(
        ParseResult line, Option<int?> port, Option<string?> data, Option<string?> config, IReadOnlyDictionary<string, string> environment)
    {
        var overrides = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (line.GetValue(port) is { } number)
        {
            overrides["MPilot:Http:Listen"] = $"http://127.0.0.1:{number}";
        }

        if (line.GetValue(data) is { } folder)
        {
            overrides["MPilot:Data"] = folder;
        }

        return new() { File = line.GetValue(config), Overrides = overrides, Environment = environment };
    }

    private static async Task<int> RunAsync(
        ConfigurationSource source, IEngineHosting engine, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            await using var app = await JobsApplication.BuildAsync(source, engine, cancellationToken);
            await RunAsync(app, cancellationToken);
            return 0;
        }
        catch (ConfigurationException failure)
        {
            await error.WriteLineAsync($"The configuration has mistakes:{Environment.NewLine}{failure.Message}");
            return BadConfiguration;
        }
        catch (Exception failure) when (IsOfTheSurroundings(failure))
        {
            await error.WriteLineAsync($"The service cannot start: {failure.Message}");
            return CannotStart;
        }
    }

    private static async Task RunAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            // What had started already ends as at any other stop, instead of being torn down.
            await app.StopAsync(CancellationToken.None);
            throw;
        }

        await Stopping.WaitAsync(app, cancellationToken);
    }

    private static bool IsOfTheSurroundings(Exception failure) => failure
        is DataDirectoryInUseException or DatabaseInUseException or StoreUnavailableException or NewerDatabaseException or IOException or UnauthorizedAccessException or SocketException;
}
