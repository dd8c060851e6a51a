using Microsoft.Data.Sqlite;

namespace MPilot.Jobs.EndToEnd.Tests.Kit;

/// <summary>A temporary folder with a data directory in it, outliving the services that use it.</summary>
public sealed class Workspace : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("mpilot-").FullName;

    /// <summary>The program that is started on it. Default: the service of one process.</summary>
    public string Program { get; init; } = Path.Combine(AppContext.BaseDirectory, "MPilot.Jobs.Host.dll");

    public string Data => Path.Combine(Root, "data");

    /// <summary>How many files the artifact store holds, finished or not.</summary>
    public int ArtifactFiles => Directory.Exists(Artifacts) ? Directory.EnumerateFiles(Artifacts, "*", SearchOption.AllDirectories).Count() : 0;

    /// <summary>The folder of the artifact store.</summary>
    public string Artifacts => Path.Combine(Data, "artifacts");

    /// <summary>The file of the job store.</summary>
    public string Database => Path.Combine(Data, "jobs.db");

    /// <summary>A number read from the database beside the running service.</summary>
    public long Query(string sql) => Read(sql, command => (long)command.ExecuteScalar()!);

    /// <summary>A column of texts read from the database beside the running service.</summary>
    public IReadOnlyList<string> List(string sql) => Read(sql, command =>
    {
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    });

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private T Read<T>(string sql, Func<SqliteCommand, T> read)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return read(command);
    }
}
