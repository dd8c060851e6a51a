using System.Data;

using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Telemetry;
using MPilot.Jobs.Storage.Sql;

using Npgsql;

namespace MPilot.Jobs.Storage.Postgres;

/// <summary>
/// One PostgreSQL database, for any number of processes. Every write is one transaction, committed on disk when the call returns. Open it before
/// use, close it by disposing.
/// </summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    /// <summary>The oldest version this was made for.</summary>
    private const long OldestVersion = 150000;

    /// <summary>
    /// What holds unless the connection string says otherwise. A command has 15 s, a connection 10 s to be had; a process that sleeps within a
    /// transaction loses it after 30 s, with the locks others wait for.
    /// </summary>
    private const string Defaults = """
        Application Name=mpilot-jobs;Maximum Pool Size=32;Timeout=10;Command Timeout=15;Cancellation Timeout=2000;Max Auto Prepare=100;
        Keepalive=10;No Reset On Close=true;Options=-c idle_in_transaction_session_timeout=30000;
        """;

    private readonly NpgsqlConnectionStringBuilder _settings;
    private readonly NpgsqlDataSource _source;

    /// <param name="connectionString">As Npgsql reads it; see <see cref="IsConnectionString"/>.</param>
    public PostgresDatabase(string connectionString)
    {
        _settings = Settings(connectionString);
        _source = NpgsqlDataSource.Create(_settings);
    }

    /// <summary>Told of every transaction; <c>null</c>: nobody is.</summary>
    public JobsInstruments? Instruments { get; init; }

    /// <summary>Whether a text names a host and a database, and bounds every wait. What is wrong with it is not told: it may hold a password.</summary>
    public static bool IsConnectionString(string text)
    {
        try
        {
            return Settings(text) is { Host.Length: > 0, Database.Length: > 0, CommandTimeout: > 0, Timeout: > 0 };
        }
        catch (Exception error) when (error is ArgumentException or FormatException or InvalidOperationException or OverflowException)
        {
            return false;
        }
    }

    /// <summary>Connects, looks whether the database will do, and migrates it. Once.</summary>
    /// <exception cref="NewerDatabaseException">A newer version has migrated the database.</exception>
    /// <exception cref="StoreUnavailableException">It cannot be reached, or is not set up as the service needs it.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _source.OpenConnectionAsync(cancellationToken);
            await RequireFitAsync(new PostgresSession(connection));
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
            await PostgresMigrations.ApplyAsync(new PostgresSession(connection));
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception error) when (PostgresErrors.MayPassAtOpening(error))
        {
            throw PostgresErrors.Unavailable(error);
        }
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>A connection that is kept for long, beside those for calls.</summary>
    internal async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_settings.ConnectionString) { Pooling = false }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch (Exception error) when (PostgresErrors.MayPassAtOpening(error))
        {
            await connection.DisposeAsync();
            throw PostgresErrors.Unavailable(error);
        }
    }

    /// <summary>Runs work inside a durable transaction. Once it has begun it is not canceled: its end would not be known.</summary>
    internal async Task<T> WriteAsync<T>(Func<PostgresSession, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _source.OpenConnectionAsync(cancellationToken);
            var started = Instruments?.Start();

            // Begins with the first statements, in their round trip.
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, CancellationToken.None);
            var session = new PostgresSession(connection);
            var answer = await work(session);
            await session.SendAsync();
            await transaction.CommitAsync(CancellationToken.None);
            Instruments?.OnGroupCommitted(1, started!.Value);
            return answer;
        }
        catch (Exception error) when (PostgresErrors.MayPass(error))
        {
            throw PostgresErrors.Unavailable(error);
        }
    }

    /// <summary>Sends what the work prepares, inside a durable transaction.</summary>
    internal Task WriteAsync(Action<PostgresSession> work, CancellationToken cancellationToken)
        => WriteAsync(
            session =>
            {
                work(session);
                return Task.FromResult(true);
            },
            cancellationToken);

    /// <summary>How many rows a statement changes.</summary>
    internal Task<long> CountAsync(Func<PostgresSession, PostgresStatement> prepare, CancellationToken cancellationToken)
        => WriteAsync(
            async session =>
            {
                var statement = prepare(session);
                await session.SendAsync();
                return statement.Rows;
            },
            cancellationToken);

    /// <summary>All rows of a statement.</summary>
    internal Task<List<T>> ListAsync<T>(Func<PostgresSession, PostgresStatement> prepare, Func<IRow, T> read, CancellationToken cancellationToken)
        => ReadAsync(
            session =>
            {
                prepare(session);
                return session.ReadAsync(read);
            },
            cancellationToken);

    /// <summary>The first row of a statement, or <c>null</c> if there is none.</summary>
    internal async Task<T?> FirstAsync<T>(Func<PostgresSession, PostgresStatement> prepare, Func<IRow, T> read, CancellationToken cancellationToken)
        where T : class
        => (await ListAsync(prepare, read, cancellationToken)).FirstOrDefault();

    /// <summary>Runs a read. It sees every write that was answered before it was asked for.</summary>
    internal async Task<T> ReadAsync<T>(Func<PostgresSession, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _source.OpenConnectionAsync(cancellationToken);
            return await work(new PostgresSession(connection));
        }
        catch (Exception error) when (PostgresErrors.MayPass(error))
        {
            throw PostgresErrors.Unavailable(error);
        }
    }

    private static NpgsqlConnectionStringBuilder Settings(string connectionString) => new(Defaults.ReplaceLineEndings("") + connectionString);

    private static async Task RequireFitAsync(PostgresSession session)
    {
        session.Prepare(PostgresSql.Describe);
        var (encoding, commit, version) = (await session.ReadAsync(row => (row.TextAt(0), row.TextAt(1), row.NumberAt(2))))[0];
        if (version < OldestVersion)
        {
            throw new StoreUnavailableException("The server is older than PostgreSQL 15.");
        }

        if (encoding != "UTF8")
        {
            throw new StoreUnavailableException($"The database's encoding is {encoding}, it has to be UTF8.");
        }

        if (commit == "off")
        {
            throw new StoreUnavailableException("The database answers before a commit is on disk (synchronous_commit is off).");
        }
    }
}
