namespace MPilot.Jobs.Storage.Sql;

/// <summary>A row that was read, by the numbers of its columns.</summary>
internal interface IRow
{
    string TextAt(int column);

    string? TextOrNullAt(int column);

    /// <summary>The bytes of a text or blob, gone with the next row.</summary>
    ReadOnlySpan<byte> BytesAt(int column);

    long? NumberAt(int column);

    DateTimeOffset? MomentAt(int column);
}
