using MPilot.Jobs.Storage.Sql;

using Npgsql;

namespace MPilot.Jobs.Storage.Postgres;

/// <summary>
/// One connection, while a call uses it. Statements that were prepared wait and go together, in one round trip, in the order in which they were
/// prepared; each sees what those before it did.
/// </summary>
internal sealed class PostgresSession(NpgsqlConnection connection) : IStatements<PostgresStatement>
{
    private List<PostgresStatement> _waiting = [];

    public PostgresStatement Prepare(string sql)
    {
        var statement = new PostgresStatement(sql);
        _waiting.Add(statement);
        return statement;
    }

    /// <summary>Sends what waits.</summary>
    public async Task SendAsync()
    {
        if (_waiting.Count > 0)
        {
            await using var batch = TakeWaiting();
            await batch.ExecuteNonQueryAsync();
        }
    }

    /// <summary>Sends what waits, and reads the rows of all statements that have any, one after the other.</summary>
    /// <param name="read">Turns a row into what is wanted.</param>
    /// <param name="skip">So many of the statements have rows that nobody wants; they come first.</param>
    public async Task<List<T>> ReadAsync<T>(Func<IRow, T> read, int skip = 0)
    {
        await using var batch = TakeWaiting();
        await using var reader = await batch.ExecuteReaderAsync();
        for (var i = 0; i < skip; i++)
        {
            await reader.NextResultAsync();
        }

        var row = new PostgresRow(reader);
        var all = new List<T>();
        do
        {
            while (await reader.ReadAsync())
            {
                all.Add(read(row));
            }
        }
        while (await reader.NextResultAsync());

        return all;
    }

    /// <summary>The first row, or <c>null</c> if there is none.</summary>
    public async Task<T?> FirstAsync<T>(Func<IRow, T> read)
        where T : class
        => (await ReadAsync(read)).FirstOrDefault();

    /// <summary>The number in the first row's first column.</summary>
    public async Task<long> NumberAsync() => (await ReadAsync(row => row.NumberAt(0)!.Value))[0];

    /// <summary>Runs any number of statements once, as they are.</summary>
    public async Task ExecuteAsync(string script)
    {
        await using var command = new NpgsqlCommand(script, connection);
        await command.ExecuteNonQueryAsync();
    }

    private NpgsqlBatch TakeWaiting()
    {
        var batch = new NpgsqlBatch(connection);
        _waiting.ForEach(s => batch.BatchCommands.Add(s.Command));
        _waiting = [];
        return batch;
    }
}
