using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>A real RabbitMQ on loopback, in a temporary folder. It ends with the process that started it, however that ends.</summary>
public sealed class RabbitServer : IAsyncDisposable
{
    /// <summary>
    /// Runs the server, and its name service, until standard input ends: that also happens when the test process is killed. The first line says how the
    /// server ends: told to, or at once.
    /// </summary>
    private const string Keeper = """
        folder="$1"; shift
        trap '' PIPE
        epmd -port "$ERL_EPMD_PORT" -address 127.0.0.1 & names=$!
        "$@" & server=$!
        read -r signal || signal=KILL
        kill -"$signal" $server; wait $server
        kill $names; wait $names
        [ -e "$folder/keep" ] || rm -rf "$folder"
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly Lazy<Task<RabbitServer>> Common = new(StartAsync);

    private readonly string _folder = Directory.CreateTempSubdirectory("mpilot-rabbit-").FullName;
    private readonly int[] _ports = FreePorts(3);
    private Process? _server;

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
        await server.LaunchAsync();
        return server;
    }

    /// <summary>Ends it as an operator does; durable queues and what is in them stay.</summary>
    public async Task StopAsync()
    {
        await File.WriteAllTextAsync(In("keep"), "");
        await EndAsync("TERM");
        File.Delete(In("keep"));
    }

    public Task ResumeAsync() => LaunchAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await EndAsync("KILL");
        }
        else
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task LaunchAsync()
    {
        string[] line = ["sh", "-c", Keeper, "sh", _folder, Program()];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (var (name, value) in Settings())
        {
            start.Environment[name] = value;
        }

        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new StringBuilder();
        _server = new Process { StartInfo = start, EnableRaisingEvents = true };
        _server.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"RabbitMQ ended: {said}"));
        _server.OutputDataReceived += (_, line) => Take(line.Data);
        _server.ErrorDataReceived += (_, line) => Take(line.Data);
        _server.Start();
        _server.BeginOutputReadLine();
        _server.BeginErrorReadLine();
        await ready.Task.WaitAsync(Patience);

        void Take(string? text)
        {
            lock (said)
            {
                said.AppendLine(text);
            }

            if (text?.Contains("Server startup complete", StringComparison.Ordinal) == true)
            {
                ready.TrySetResult();
            }
        }
    }

    private async Task EndAsync(string signal)
    {
        using var server = _server!;
        _server = null;
        await server.StandardInput.WriteLineAsync(signal);
        server.StandardInput.Close();
        await server.WaitForExitAsync().WaitAsync(Patience);
    }

    private (string Name, string Value)[] Settings()
    {
        var (node, distribution, names) = (Text(_ports[0]), Text(_ports[1]), Text(_ports[2]));
        return
        [
            ("HOME", _folder), ("PATH", $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin"), ("ERL_EPMD_PORT", names), ("ERL_EPMD_ADDRESS", "127.0.0.1"),
            ("RABBITMQ_NODENAME", $"mpilot{node}@localhost"), ("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"), ("RABBITMQ_NODE_PORT", node), ("RABBITMQ_DIST_PORT", distribution),
            ("RABBITMQ_MNESIA_BASE", In("mnesia")), ("RABBITMQ_LOG_BASE", In("log")), ("RABBITMQ_PID_FILE", In("pid")), ("RABBITMQ_CONFIG_FILE", In("rabbitmq")),
            ("RABBITMQ_ENABLED_PLUGINS_FILE", In("enabled_plugins")), ("RABBITMQ_CONF_ENV_FILE", In("none")), ("RABBITMQ_GENERATED_CONFIG_DIR", In("config")),

            // Together: no shell between us and the server, and none of Erlang's within it.
            ("RABBITMQ_ALLOW_INPUT", "1"), ("RABBITMQ_SERVER_START_ARGS", "-noinput"), ("RABBITMQ_LOGS", "-"),
            ("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "+S 1:1 -kernel inet_dist_use_interface {127,0,0,1}"),
        ];
    }

    private string In(string name) => Path.Join(_folder, name);

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    /// <summary>The server itself: what stands on the path would become another user first.</summary>
    private static string Program()
        => Directory.Exists("/usr/lib/rabbitmq/lib")
            && Directory.GetDirectories("/usr/lib/rabbitmq/lib").Select(d => Path.Join(d, "sbin", "rabbitmq-server")).Where(File.Exists).Order(StringComparer.Ordinal).LastOrDefault() is { } found
                ? found
                : throw new InvalidOperationException("RabbitMQ is missing: apt-get install rabbitmq-server");

    /// <summary>Ports nobody has at the moment, different ones. The server cannot be asked which it took.</summary>
    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(l => l.Start());
        int[] ports = [.. listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port)];
        listeners.ForEach(l => l.Dispose());
        return ports;
    }
}
