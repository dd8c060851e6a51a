using System.Globalization;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>A real RabbitMQ on loopback, in a temporary folder. It ends with the process that started it, however that ends.</summary>
public sealed class RabbitServer : IAsyncDisposable
{
    private static readonly Lazy<Task<RabbitServer>> Common = new(StartAsync);

    private readonly ServerProcess _process = new("RabbitMQ", "TERM", lastSignal: "KILL");
    private readonly ServerProcess _names = new("epmd", "KILL");
    private readonly int[] _ports = FreePorts.Find(3);

    private RabbitServer()
    {
    }

    /// <summary>How to reach it.</summary>
    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"amqp://guest:guest@127.0.0.1:{_ports[0]}/"));

    /// <summary>The one of this process. Whoever stops it for a while has to be in one xunit collection with all others who use it.</summary>
    public static Task<RabbitServer> SharedAsync() => Common.Value;

    /// <summary>Starts another one.</summary>
    public static async Task<RabbitServer> StartAsync()
    {
        var server = new RabbitServer();
        await File.WriteAllTextAsync(server.In("enabled_plugins"), "[].");
        await File.WriteAllTextAsync(server.In("rabbitmq.conf"), "log.console.level = info\n");
        await server._names.StartAsync(["epmd", "-d", "-port", Text(server._ports[2]), "-address", "127.0.0.1"], "epmd running");
        await server.ResumeAsync();
        return server;
    }

    /// <summary>Ends it as an operator does; durable queues and what is in them stay.</summary>
    public Task StopAsync() => _process.StopAsync();

    /// <summary>Starts where it was.</summary>
    public Task ResumeAsync() => _process.StartAsync([Program()], "Server startup complete", Settings());

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await _names.DisposeAsync();
    }

    private (string Name, string Value)[] Settings()
    {
        var (node, distribution, names) = (Text(_ports[0]), Text(_ports[1]), Text(_ports[2]));
        return
        [
            ("HOME", _process.Folder), ("PATH", $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin"), ("ERL_EPMD_PORT", names), ("ERL_EPMD_ADDRESS", "127.0.0.1"),
            ("RABBITMQ_NODENAME", $"mpilot{node}@localhost"), ("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"), ("RABBITMQ_NODE_PORT", node), ("RABBITMQ_DIST_PORT", distribution),
            ("RABBITMQ_MNESIA_BASE", In("mnesia")), ("RABBITMQ_LOG_BASE", In("log")), ("RABBITMQ_PID_FILE", In("pid")), ("RABBITMQ_CONFIG_FILE", In("rabbitmq")),
            ("RABBITMQ_ENABLED_PLUGINS_FILE", In("enabled_plugins")), ("RABBITMQ_CONF_ENV_FILE", In("none")), ("RABBITMQ_GENERATED_CONFIG_DIR", In("config")),

            // Together: no shell between us and the server, and none of Erlang's within it.
            ("RABBITMQ_ALLOW_INPUT", "1"), ("RABBITMQ_SERVER_START_ARGS", "-noinput"), ("RABBITMQ_LOGS", "-"),
            ("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "+S 1:1 -kernel inet_dist_use_interface {127,0,0,1}"),
        ];
    }

    private string In(string name) => Path.Join(_process.Folder, name);

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    /// <summary>The server itself: what stands on the path would become another user first.</summary>
    private static string Program()
        => Directory.Exists("/usr/lib/rabbitmq/lib")
            && Directory.GetDirectories("/usr/lib/rabbitmq/lib").Select(d => Path.Join(d, "sbin", "rabbitmq-server")).Where(File.Exists).Order(StringComparer.Ordinal).LastOrDefault() is { } found
                ? found
                : throw new InvalidOperationException("RabbitMQ is missing: apt-get install rabbitmq-server");
}
