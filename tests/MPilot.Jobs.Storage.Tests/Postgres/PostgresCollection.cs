namespace MPilot.Jobs.Storage.Tests.Postgres;

/// <summary>One test at a time: a transaction in one database of the server holds back the readers of every outbox on it.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresCollection
{
    public const string Name = "PostgreSQL";
}
