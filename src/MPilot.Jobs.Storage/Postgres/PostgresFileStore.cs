using MPilot.Jobs.Engine.Files;
using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Postgres;

/// <inheritdoc cref="IFileStore"/>
public sealed class PostgresFileStore(PostgresDatabase database) : IFileStore
{
    public Task AddAsync(StoredFile file, CancellationToken cancellationToken)
        => database.WriteAsync(session => AddAsync(session, file), cancellationToken);

    public Task<StoredFile?> FindAsync(string tenant, string id, DateTimeOffset now, CancellationToken cancellationToken)
        => database.FirstAsync(session => session.Prepare(FileSql.Find).Bind(tenant).Bind(id).Bind(now), FileRows.Read, cancellationToken);

    public async Task<IReadOnlyList<StoredFile>> ListAsync(FileQuery query, CancellationToken cancellationToken)
        => await database.ListAsync(session => FileRows.Page(session, query), FileRows.Read, cancellationToken);

    public Task<bool> DeleteAsync(string tenant, string id, DateTimeOffset now, CancellationToken cancellationToken)
        => database.WriteAsync(session => DeleteAsync(session, tenant, id, now), cancellationToken);

    public async Task<int> PruneAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
        => (int)await database.CountAsync(session => session.Prepare(FileSql.Prune).Bind(now).Bind(limit), cancellationToken);

    private static async Task<bool> AddAsync(PostgresSession session, StoredFile file)
    {
        FileRows.Insert(session, file);
        var adopted = PostgresArtifactLedger.Adopt(session, file.Id, file.Tenant, [file.Picture.Artifact.Id], file.ExpiresAt);
        await session.SendAsync();
        PostgresArtifactLedger.RequireLive(adopted);
        return true;
    }

    private static async Task<bool> DeleteAsync(PostgresSession session, string tenant, string id, DateTimeOffset now)
    {
        var deleted = session.Prepare(FileSql.Delete).Bind(tenant).Bind(id).Bind(now);
        await session.SendAsync();
        if (deleted.Rows == 0)
        {
            return false;
        }

        ArtifactRefs.LetGo(session, [id]);
        return true;
    }
}
