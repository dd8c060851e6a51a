using Microsoft.Data.Sqlite;

using MPilot.Jobs.Engine.Store;

using SQLitePCL;

namespace MPilot.Jobs.Storage.Sqlite;

/// <summary>What an error of SQLite means to those who call the store.</summary>
internal static class SqliteErrors
{
    /// <summary>Errors of the surroundings (full, locked, unreadable) become <see cref="StoreUnavailableException"/>; errors of ours stay what they are.</summary>
    public static Exception Translate(Exception error) => error is SqliteException sqlite && !IsOurs(sqlite) ? Unavailable(sqlite) : error;

    public static StoreUnavailableException Unavailable(Exception error)
        => new($"The database could not carry out a call{(error is SqliteException e ? $" (SQLite error {e.SqliteExtendedErrorCode})" : "")}.", error);

    /// <summary>Whether a connection that said this had better be opened anew.</summary>
    public static bool IsBroken(Exception error)
        => error is SqliteException { SqliteErrorCode: raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB };

    private static bool IsOurs(SqliteException error) => error.SqliteErrorCode
        is raw.SQLITE_ERROR or raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_MISUSE or raw.SQLITE_RANGE or raw.SQLITE_TOOBIG;
}
