using System.Diagnostics;
using System.Text;

using Npgsql;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>A real PostgreSQL in a temporary folder, reached by a socket in it. It ends with the process that started it, however that ends.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "mpilot";

    /// <summary>Runs the server until standard input ends: that also happens when the test process is killed.</summary>
    private const string Keeper = """
        folder="$1"; shift
        "$@" & server=$!
        cat >/dev/null; kill -INT $server; wait $server; status=$?
        [ -e "$folder/keep" ] || rm -rf "$folder"
        exit $status
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<PostgresServer>> Common = new(() => StartAsync());
    private static int _databases;

    private readonly string _folder;
    private readonly string[] _settings;
    private Process? _server;

    private PostgresServer(string folder, string[] settings)
    {
        _folder = folder;
        _settings = settings;
    }

    /// <summary>The one of this process.</summary>
    public static Task<PostgresServer> SharedAsync() => Common.Value;

    /// <summary>Starts another one. What is committed is not flushed to disk unless the settings say <c>fsync=on</c>.</summary>
    public static async Task<PostgresServer> StartAsync(params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("mpilot-postgres-").FullName;
        var server = new PostgresServer(folder, settings);
        if (Environment.UserName == "root")
        {
            await RunAsync(["chown", "postgres", folder]);
        }

        await RunAsync([.. AsUser(), Tool("initdb"), "-D", server.Data, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
        await server.LaunchAsync();
        return server;
    }

    /// <summary>How to reach a database of it.</summary>
    public string ConnectionTo(string database) => $"Host={_folder};Username={User};Database={database}";

    /// <summary>The socket it listens at.</summary>
    public string Socket => Path.Join(_folder, ".s.PGSQL.5432");

    /// <summary>Makes a database, empty or like another one to which nobody is connected.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> CreateDatabaseAsync(string template = "template1")
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template}");
        return name;
    }

    public Task DropDatabaseAsync(string name) => ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)");

    /// <summary>Runs a statement as an operator would.</summary>
    public async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using var connection = await ConnectAsync(database);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A number an operator would look up.</summary>
    public async Task<long> NumberAsync(string sql, string database = "postgres")
    {
        await using var connection = await ConnectAsync(database);
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>A column of texts an operator would look up.</summary>
    public async Task<IReadOnlyList<string>> TextsAsync(string sql, string database)
    {
        await using var connection = await ConnectAsync(database);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await reader.ReadAsync())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }

    /// <summary>A connection that no pool keeps.</summary>
    public async Task<NpgsqlConnection> ConnectAsync(string database)
    {
        var connection = new NpgsqlConnection(ConnectionTo(database) + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Disconnects everybody and stops; the data stay.</summary>
    public async Task StopAsync()
    {
        await File.WriteAllTextAsync(Path.Join(_folder, "keep"), "");
        await EndAsync();
        File.Delete(Path.Join(_folder, "keep"));
    }

    /// <summary>Ends without a word to anybody and without writing anything more, as if it crashed; what was committed stays.</summary>
    public async Task CrashAsync()
    {
        var postmaster = (await File.ReadAllLinesAsync(Path.Join(Data, "postmaster.pid")))[0];
        await File.WriteAllTextAsync(Path.Join(_folder, "keep"), "");
        await RunAsync(["kill", "-QUIT", postmaster]);
        await EndAsync();
        File.Delete(Path.Join(_folder, "keep"));
    }

    public Task ResumeAsync() => LaunchAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await EndAsync();
        }
        else
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private string Data => Path.Join(_folder, "data");

    private async Task LaunchAsync()
    {
        string[] always = ["listen_addresses=", $"unix_socket_directories={_folder}", "autovacuum=off", "shared_buffers=32MB", "max_connections=200", "fsync=off"];
        string[] line = ["sh", "-c", Keeper, "sh", _folder, .. AsUser(), Tool("postgres"), "-D", Data, .. always.Concat(_settings).SelectMany(s => new[] { "-c", s })];
        var start = new ProcessStartInfo(line[0], line[1..]) { RedirectStandardInput = true, RedirectStandardError = true, UseShellExecute = false };
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new StringBuilder();
        _server = new Process { StartInfo = start, EnableRaisingEvents = true };
        _server.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"PostgreSQL ended: {said}"));
        _server.ErrorDataReceived += (_, line) => Take(line.Data);
        _server.Start();
        _server.BeginErrorReadLine();
        await ready.Task.WaitAsync(Patience);

        void Take(string? text)
        {
            lock (said)
            {
                said.AppendLine(text);
            }

            if (text?.Contains("ready to accept connections", StringComparison.Ordinal) == true)
            {
                ready.TrySetResult();
            }
        }
    }

    private async Task EndAsync()
    {
        using var server = _server!;
        _server = null;
        server.StandardInput.Close();
        await server.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static string[] AsUser()
        => Environment.UserName == "root" ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];

    private static string Tool(string name)
        => Directory.Exists("/usr/lib/postgresql")
            && Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Join(d, "bin", name)).Where(File.Exists).Order(StringComparer.Ordinal).LastOrDefault() is { } found
                ? found
                : throw new InvalidOperationException("PostgreSQL is missing: apt-get install postgresql-15");

    private static async Task RunAsync(string[] line)
    {
        var start = new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{line[^1]} failed: {await output}{error}");
        }
    }
}
