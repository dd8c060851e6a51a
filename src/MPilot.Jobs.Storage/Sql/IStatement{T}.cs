namespace MPilot.Jobs.Storage.Sql;

/// <summary>A statement of whichever database, its parameters bound in order.</summary>
/// <typeparam name="TSelf">The database's own statement.</typeparam>
internal interface IStatement<TSelf>
    where TSelf : IStatement<TSelf>
{
    TSelf Bind(string? text);

    TSelf Bind(long? number);

    /// <summary>As whole milliseconds since 1970, rounded down.</summary>
    TSelf Bind(DateTimeOffset? moment);

    TSelf BindText(ReadOnlySpan<byte> utf8);

    TSelf BindBlob(ReadOnlySpan<byte> bytes);

    /// <summary>All is bound and nobody wants its rows: it is carried out now, or with the others of its round trip.</summary>
    void Send();
}
