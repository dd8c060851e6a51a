using System.Diagnostics;

using Npgsql;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>A real PostgreSQL in a temporary folder, reached by a socket in it. It ends with the process that started it, however that ends.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "mpilot";

    private static readonly Lazy<Task<PostgresServer>> Common = new(() => StartAsync());
    private static int _databases;

    private readonly ServerProcess _process = new("PostgreSQL", "INT");
    private readonly string[] _settings;

    private PostgresServer(string[] settings) => _settings = settings;

    /// <summary>The one of this process.</summary>
    public static Task<PostgresServer> SharedAsync() => Common.Value;

    /// <summary>Starts another one. What is committed is not flushed to disk unless the settings say <c>fsync=on</c>.</summary>
    public static async Task<PostgresServer> StartAsync(params string[] settings)
    {
        var server = new PostgresServer(settings);
        if (Environment.UserName == "root")
        {
            await RunAsync(["chown", "postgres", server._process.Folder]);
        }

        await RunAsync([.. AsUser(), Tool("initdb"), "-D", server.Data, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
        await server.ResumeAsync();
        return server;
    }

    /// <summary>How to reach a database of it.</summary>
    public string ConnectionTo(string database) => $"Host={_process.Folder};Username={User};Database={database}";

    /// <summary>The socket it listens at.</summary>
    public string Socket => Path.Join(_process.Folder, ".s.PGSQL.5432");

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
    public Task StopAsync() => _process.StopAsync();

    /// <summary>Starts where it was.</summary>
    public Task ResumeAsync()
    {
        string[] always =
        [
            "listen_addresses=", $"unix_socket_directories={_process.Folder}", "autovacuum=off", "shared_buffers=32MB", "max_connections=200", "fsync=off",
        ];
        return _process.StartAsync(
            [.. AsUser(), Tool("postgres"), "-D", Data, .. always.Concat(_settings).SelectMany(s => new[] { "-c", s })], "ready to accept connections");
    }

    /// <summary>Ends without a word to anybody and without writing anything more, as if it crashed; what was committed stays.</summary>
    public async Task CrashAsync()
    {
        var postmaster = (await File.ReadAllLinesAsync(Path.Join(Data, "postmaster.pid")))[0];
        await RunAsync(["kill", "-QUIT", postmaster]);
        await _process.StopAsync();
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private string Data => Path.Join(_process.Folder, "data");

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
