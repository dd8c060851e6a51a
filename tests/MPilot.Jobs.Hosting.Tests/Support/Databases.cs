using Microsoft.Data.Sqlite;

namespace MPilot.Jobs.Hosting.Tests.Support;

/// <summary>Databases other than this version makes.</summary>
internal static class Databases
{
    /// <summary>Leaves a database in the data directory that a later version has migrated.</summary>
    public static async Task MakeNewerAsync(Workspace workspace)
    {
        await using (await Services.BuildAsync(workspace))
        {
            // Made and closed.
        }

        await using var connection = new SqliteConnection($"Data Source={Path.Combine(workspace.Data, "jobs.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO migrations (number, name) VALUES (9999, '9999_later.sql')";
        await command.ExecuteNonQueryAsync();
    }
}
