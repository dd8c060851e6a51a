using System.Globalization;

using MPilot.Jobs.Engine.Store;

using Npgsql;

namespace MPilot.Jobs.Storage.Postgres;

/// <summary>
/// A lock on a database: of a process that has to be the only one, or shared by the nodes of a cluster. Held by a connection of its own, released when that or
/// the process ends, however they end.
/// </summary>
public sealed class PostgresOwnership : IAsyncDisposable
{
    /// <summary>How long a process that has just died may take to be found dead by the server. 5 s.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly NpgsqlConnection _connection;

    private PostgresOwnership(NpgsqlConnection connection) => _connection = connection;

    /// <summary>Takes the lock.</summary>
    /// <param name="database">What is locked.</param>
    /// <param name="isAlone">Whether nobody else may have it, not even shared.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DatabaseInUseException">Another process has it, and one of the two has to be alone.</exception>
    /// <exception cref="StoreUnavailableException">The database cannot be reached.</exception>
    public static async Task<PostgresOwnership> TakeAsync(PostgresDatabase database, bool isAlone, CancellationToken cancellationToken)
    {
        var connection = await database.ConnectAsync(cancellationToken);
        try
        {
            await TakeAsync(connection, isAlone ? PostgresSql.HoldNumber : PostgresSql.HoldNumberShared);
            return new(connection);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            await connection.DisposeAsync();
            throw new DatabaseInUseException($"Another process uses the database {connection.Database} on {connection.Host}.", error);
        }
        catch (Exception error) when (PostgresErrors.MayPass(error))
        {
            await connection.DisposeAsync();
            throw PostgresErrors.Unavailable(error);
        }
    }

    /// <summary>Completes when the connection is lost, and with it the lock: another process may have taken it.</summary>
    public async Task WaitUntilLostAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await _connection.WaitAsync(cancellationToken);
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Whatever ended it, nobody holds the lock for this process any more.
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static async Task TakeAsync(NpgsqlConnection connection, string hold)
    {
        var session = new PostgresSession(connection);

        // A machine that is gone without a word is found out within half a minute, and the next process may start.
        await session.ExecuteAsync("SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 4");
        await session.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"SET lock_timeout = {Patience.TotalMilliseconds}"));
        session.Prepare(hold).Bind(PostgresLocks.Alone).Send();
        await session.SendAsync();
    }
}
