using MPilot.Jobs.Storage.Sql;

using Npgsql;

using NpgsqlTypes;

namespace MPilot.Jobs.Storage.Postgres;

/// <summary>One statement of a round trip: bind all parameters in order, then send it with the others.</summary>
internal sealed class PostgresStatement(string sql) : IStatement<PostgresStatement>
{
    /// <summary>What goes over the wire.</summary>
    public NpgsqlBatchCommand Command { get; } = new(PostgresText.Statement(sql));

    /// <summary>How many rows it changed, inserted or found, once it was carried out.</summary>
    public long Rows => (long)Command.Rows;

    public PostgresStatement Bind(string? text)
        => text is null ? Add(NpgsqlDbType.Text, DBNull.Value) : Add(new NpgsqlParameter<string> { TypedValue = PostgresText.Value(text) });

    public PostgresStatement Bind(long? number)
        => number is { } value ? Add(new NpgsqlParameter<long> { TypedValue = value }) : Add(NpgsqlDbType.Bigint, DBNull.Value);

    public PostgresStatement Bind(DateTimeOffset? moment) => Bind(moment?.ToUnixTimeMilliseconds());

    public PostgresStatement BindText(ReadOnlySpan<byte> utf8) => Add(NpgsqlDbType.Text, utf8.ToArray());

    public PostgresStatement BindBlob(ReadOnlySpan<byte> bytes) => Add(NpgsqlDbType.Bytea, bytes.ToArray());

    /// <summary>It is sent when its session sends.</summary>
    public void Send()
    {
    }

    private PostgresStatement Add(NpgsqlDbType type, object value) => Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value });

    private PostgresStatement Add(NpgsqlParameter parameter)
    {
        Command.Parameters.Add(parameter);
        return this;
    }
}
