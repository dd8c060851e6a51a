using MPilot.Jobs.Engine.Files;
using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Sqlite;

/// <inheritdoc cref="IFileStore"/>
public sealed class SqliteFileStore(SqliteDatabase database) : IFileStore
{
    public Task AddAsync(StoredFile file, CancellationToken cancellationToken)
        => database.WriteAsync(session => Add(session, file), cancellationToken);

    public Task<StoredFile?> FindAsync(string tenant, string id, DateTimeOffset now, CancellationToken cancellationToken)
        => database.ReadAsync(session => session.Prepare(FileSql.Find).Bind(tenant).Bind(id).Bind(now).First(FileRows.Read), cancellationToken);

    public async Task<IReadOnlyList<StoredFile>> ListAsync(FileQuery query, CancellationToken cancellationToken)
        => await database.ReadAsync(session => FileRows.Page(session, query).All(FileRows.Read), cancellationToken);

    public Task<bool> DeleteAsync(string tenant, string id, DateTimeOffset now, CancellationToken cancellationToken)
        => database.WriteAsync(session => Delete(session, tenant, id, now), cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
        => database.WriteAsync(session => session.Prepare(FileSql.Prune).Bind(now).Bind(limit).Run(), cancellationToken);

    private static bool Add(SqliteSession session, StoredFile file)
    {
        FileRows.Insert(session, file);
        SqliteArtifactLedger.Adopt(session, file.Id, file.Tenant, [file.Picture.Artifact.Id], file.ExpiresAt);
        return true;
    }

    private static bool Delete(SqliteSession session, string tenant, string id, DateTimeOffset now)
    {
        if (session.Prepare(FileSql.Delete).Bind(tenant).Bind(id).Bind(now).Run() == 0)
        {
            return false;
        }

        ArtifactRefs.LetGo(session, [id]);
        return true;
    }
}
