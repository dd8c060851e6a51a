using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Files;
using MPilot.Jobs.Storage.Json;

namespace MPilot.Jobs.Storage.Sqlite;

/// <inheritdoc cref="IFileStore"/>
public sealed class SqliteFileStore(SqliteDatabase database) : IFileStore
{
    /// <summary>Behind every id, which are all ASCII.</summary>
    private const string LastId = "\uFFFF";

    public Task AddAsync(StoredFile file, CancellationToken cancellationToken)
        => database.WriteAsync(session => Add(session, file), cancellationToken);

    public Task<StoredFile?> FindAsync(string tenant, string id, DateTimeOffset now, CancellationToken cancellationToken)
        => database.ReadAsync(session => session.Prepare(FileSql.Find).Bind(tenant).Bind(id).Bind(now).First(Read), cancellationToken);

    public async Task<IReadOnlyList<StoredFile>> ListAsync(FileQuery query, CancellationToken cancellationToken)
        => await database.ReadAsync(session => List(session, query), cancellationToken);

    public Task<bool> DeleteAsync(string tenant, string id, DateTimeOffset now, CancellationToken cancellationToken)
        => database.WriteAsync(session => Delete(session, tenant, id, now), cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
        => database.WriteAsync(session => session.Prepare(FileSql.Prune).Bind(now).Bind(limit).Run(), cancellationToken);

    private static bool Add(SqliteSession session, StoredFile file)
    {
        var facts = file.Picture.Facts;
        session.Prepare(FileSql.Insert)
            .Bind(file.Id).Bind(file.Tenant).Bind(file.Picture.Artifact.Id).Bind(file.Purpose).Bind(StoredName<PictureFormat>.Of(facts.Format))
            .Bind(facts.Stored.Width).Bind(facts.Stored.Height).Bind(facts.Frames).Bind(facts.HasAlpha ? 1 : 0).Bind(facts.Orientation)
            .Bind(file.CreatedAt).Bind(file.ExpiresAt)
            .Run();
        ArtifactRefs.Adopt(session, file.Id, file.Tenant, [file.Picture.Artifact.Id], file.ExpiresAt);
        return true;
    }

    private static List<StoredFile> List(SqliteSession session, FileQuery query)
    {
        var after = query.After ?? (query.OldestFirst ? "" : LastId);
        var statement = query.Purpose is null
            ? session.Prepare(query.OldestFirst ? FileSql.ListOldest : FileSql.ListNewest).Bind(query.Tenant)
            : session.Prepare(query.OldestFirst ? FileSql.ListOldestFor : FileSql.ListNewestFor).Bind(query.Tenant).Bind(query.Purpose);
        return statement.Bind(after).Bind(query.Now).Bind(query.Limit).All(Read);
    }

    private static bool Delete(SqliteSession session, string tenant, string id, DateTimeOffset now)
    {
        if (session.Prepare(FileSql.Delete).Bind(tenant).Bind(id).Bind(now).Run() == 0)
        {
            return false;
        }

        // Left for the sweeper, which has to delete bytes as well.
        ArtifactRefs.EndAt(session, id, DateTimeOffset.UnixEpoch);
        return true;
    }

    private static StoredFile Read(SqliteStatement row)
    {
        var artifact = new ArtifactRef(row.TextAt(2), ArtifactRole.Source, row.TextAt(3), row.NumberAt(4)!.Value, row.TextAt(5));
        var facts = new PictureFacts(
            StoredName<PictureFormat>.Parse(row.TextAt(7)), new(Int(row, 8), Int(row, 9)), Int(row, 10), Int(row, 11) == 1, Int(row, 12));
        return new(row.TextAt(0), row.TextAt(1), new(artifact, facts), row.TextAt(6), row.MomentAt(13)!.Value, row.MomentAt(14)!.Value);
    }

    private static int Int(SqliteStatement row, int column) => (int)row.NumberAt(column)!.Value;
}
