using Microsoft.Data.Sqlite;

namespace MPilot.Jobs.EndToEnd.Tests.Kit;

/// <summary>A temporary folder with a data directory in it, outliving the services that use it.</summary>
public sealed class Workspace : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("mpilot-").FullName;

    public string Data => Path.Combine(Root, "data");

    /// <summary>How many files the artifact store holds, finished or not.</summary>
    public int ArtifactFiles => Directory.Exists(Artifacts) ? Directory.EnumerateFiles(Artifacts, "*", SearchOption.AllDirectories).Count() : 0;

    private string Artifacts => Path.Combine(Data, "artifacts");

    /// <summary>A number read from the database beside the running service.</summary>
    public long Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Data, "jobs.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
