using MPilot.Jobs.Storage.Sql;

using Npgsql;

namespace MPilot.Jobs.Storage.Postgres;

/// <summary>The row a reader stands at.</summary>
internal sealed class PostgresRow(NpgsqlDataReader reader) : IRow
{
    public string TextAt(int column) => reader.GetString(column);

    public string? TextOrNullAt(int column) => reader.IsDBNull(column) ? null : TextAt(column);

    public ReadOnlySpan<byte> BytesAt(int column) => reader.GetFieldValue<byte[]>(column);

    public long? NumberAt(int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    public DateTimeOffset? MomentAt(int column) => NumberAt(column) is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
