using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Telemetry;
using MPilot.Jobs.Storage.Files;

namespace MPilot.Jobs.Storage.Sqlite;

/// <summary>One SQLite database: write-ahead log, every commit flushed, one writer, readers apart. Open it before use, close it by disposing.</summary>
/// <param name="path">The database file; it and its folder are made if missing. Beside it live <c>-wal</c> and <c>-shm</c>.</param>
public sealed class SqliteDatabase(string path) : IAsyncDisposable
{
    private const string Durable = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA fullfsync = ON;
        PRAGMA checkpoint_fullfsync = ON;
        PRAGMA wal_autocheckpoint = 4000;
        PRAGMA journal_size_limit = 67108864;
        PRAGMA cache_size = -16384;
        PRAGMA temp_store = MEMORY;
        """;

    private const string ReadOnly = """
        PRAGMA query_only = ON;
        PRAGMA cache_size = -4096;
        PRAGMA temp_store = MEMORY;
        """;

    private SqliteWriter? _writer;
    private SqliteReaders? _readers;

    /// <summary>
    /// How long a call waits for a lock that another program holds on the file before it fails as unavailable.
    /// Longer rides out a backup, shorter lets callers know sooner. Default: 5 s.
    /// </summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Told of every transaction; <c>null</c>: nobody is.</summary>
    public JobsInstruments? Instruments { get; init; }

    /// <summary>Opens the file, migrates it and starts the writer. Once.</summary>
    /// <exception cref="NewerDatabaseException">A newer version has migrated the file.</exception>
    /// <exception cref="StoreUnavailableException">The file cannot be opened, or not as a write-ahead-logged database.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_writer is not null)
        {
            throw new InvalidOperationException("The database is open.");
        }

        var session = await Task.Run(OpenMigrated, cancellationToken);
        _readers = new SqliteReaders(() => Open(ReadOnly));
        _writer = new SqliteWriter(session, () => Open(Durable), Instruments);
    }

    public async ValueTask DisposeAsync()
    {
        // The writer last: the connection that closes last folds the log into the file.
        if (_readers is not null)
        {
            await _readers.DisposeAsync();
        }

        if (_writer is not null)
        {
            await _writer.DisposeAsync();
        }
    }

    /// <summary>Runs work on the writer, inside a durable transaction.</summary>
    internal Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
        => (_writer ?? throw NotOpen()).WriteAsync(work, cancellationToken);

    /// <summary>Runs work on one of the readers.</summary>
    internal Task<T> ReadAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
        => (_readers ?? throw NotOpen()).ReadAsync(work, cancellationToken);

    private static StoreUnavailableException NotOpen() => new("The database is not open yet.");

    private SqliteSession OpenMigrated()
    {
        try
        {
            DurableFolders.Create(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var session = Open(Durable);
            try
            {
                EnsureLogged(session);
                SqliteMigrations.Apply(session);
                return session;
            }
            catch
            {
                session.Dispose();
                throw;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or Microsoft.Data.Sqlite.SqliteException)
        {
            throw SqliteErrors.Translate(error) is StoreUnavailableException unavailable ? unavailable : SqliteErrors.Unavailable(error);
        }
    }

    private static void EnsureLogged(SqliteSession session)
    {
        var mode = session.Prepare("PRAGMA journal_mode").First(row => row.TextAt(0));
        if (mode != "wal")
        {
            throw new StoreUnavailableException($"The file system does not allow a write-ahead log (journal mode is {mode}).");
        }
    }

    private SqliteSession Open(string pragmas)
    {
        var session = SqliteSession.Open(path, BusyTimeout);
        try
        {
            session.Execute(pragmas);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}
