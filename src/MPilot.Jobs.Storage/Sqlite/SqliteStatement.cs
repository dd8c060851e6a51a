using System.Text;

using Microsoft.Data.Sqlite;

using MPilot.Jobs.Storage.Sql;

using SQLitePCL;

namespace MPilot.Jobs.Storage.Sqlite;

/// <summary>
/// A prepared statement, used again and again: bind all parameters in order, then run it. Every run leaves it ready for the next.
/// Straight on SQLite's own calls, because the writer's rate decides the rate of the service.
/// </summary>
internal sealed class SqliteStatement : IStatement<SqliteStatement>, IRow, IDisposable
{
    private const int StackText = 512;

    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private readonly int _parameters;
    private int _bound;

    public SqliteStatement(sqlite3 connection, string sql)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
        _parameters = raw.sqlite3_bind_parameter_count(_statement);
    }

    public SqliteStatement Bind(string? text)
    {
        if (text is null)
        {
            return BindNull();
        }

        Span<byte> stack = stackalloc byte[StackText];
        return Encoding.UTF8.TryGetBytes(text, stack, out var written) ? BindText(stack[..written]) : BindText(Encoding.UTF8.GetBytes(text));
    }

    public SqliteStatement BindText(ReadOnlySpan<byte> utf8)
    {
        Check(raw.sqlite3_bind_text(_statement, ++_bound, utf8));
        return this;
    }

    public SqliteStatement BindBlob(ReadOnlySpan<byte> bytes)
    {
        Check(raw.sqlite3_bind_blob(_statement, ++_bound, bytes));
        return this;
    }

    public SqliteStatement Bind(long? number)
    {
        if (number is not { } value)
        {
            return BindNull();
        }

        Check(raw.sqlite3_bind_int64(_statement, ++_bound, value));
        return this;
    }

    public SqliteStatement Bind(DateTimeOffset? moment) => Bind(moment?.ToUnixTimeMilliseconds());

    public void Send() => Run();

    /// <summary>Runs a statement whose rows nobody wants; answers how many rows it changed.</summary>
    public int Run()
    {
        try
        {
            while (Step())
            {
                // Rows of a RETURNING or a pragma.
            }

            return raw.sqlite3_changes(_connection);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>The first row, or <c>null</c> if there is none.</summary>
    public T? First<T>(Func<SqliteStatement, T> read)
        where T : class
    {
        try
        {
            return Step() ? read(this) : null;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>The number in the first row's first column, or <c>null</c> if there is none.</summary>
    public long? Number()
    {
        try
        {
            return Step() ? NumberAt(0) : null;
        }
        finally
        {
            Reset();
        }
    }

    public List<T> All<T>(Func<SqliteStatement, T> read)
    {
        var rows = new List<T>();
        try
        {
            while (Step())
            {
                rows.Add(read(this));
            }

            return rows;
        }
        finally
        {
            Reset();
        }
    }

    public string TextAt(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public string? TextOrNullAt(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL ? null : TextAt(column);

    public ReadOnlySpan<byte> BytesAt(int column) => raw.sqlite3_column_blob(_statement, column);

    public long? NumberAt(int column)
        => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL ? null : raw.sqlite3_column_int64(_statement, column);

    public DateTimeOffset? MomentAt(int column) => NumberAt(column) is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    public void Dispose() => _statement.Dispose();

    private SqliteStatement BindNull()
    {
        Check(raw.sqlite3_bind_null(_statement, ++_bound));
        return this;
    }

    private bool Step()
    {
        if (_bound != _parameters)
        {
            throw new InvalidOperationException($"The statement has {_parameters} parameters, {_bound} are bound.");
        }

        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        if (code != raw.SQLITE_DONE)
        {
            Check(code);
        }

        return false;
    }

    // Says again what the failed step said, which was thrown already.
    private void Reset()
    {
        _bound = 0;
        raw.sqlite3_reset(_statement);
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            _bound = 0;
            SqliteException.ThrowExceptionForRC(code, _connection);
        }
    }
}
