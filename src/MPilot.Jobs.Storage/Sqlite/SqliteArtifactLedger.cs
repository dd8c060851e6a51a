using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Storage.Json;

namespace MPilot.Jobs.Storage.Sqlite;

/// <inheritdoc cref="IArtifactLedger"/>
public sealed class SqliteArtifactLedger(SqliteDatabase database) : IArtifactLedger
{
    public Task AddAsync(IReadOnlyCollection<ArtifactRecord> artifacts, DateTimeOffset until, CancellationToken cancellationToken)
        => database.WriteAsync(session => Add(session, artifacts, until), cancellationToken);

    public Task<ArtifactLife?> FindAsync(string id, CancellationToken cancellationToken)
        => database.ReadAsync(session => session.Prepare(ArtifactSql.Find).Bind(id).First(row => Read(id, row)), cancellationToken);

    public async Task<IReadOnlyList<string>> MarkDeletingAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
        => await database.WriteAsync(session => MarkDeleting(session, now, limit), cancellationToken);

    public Task RemoveAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
        => database.WriteAsync(session => ids.Sum(id => session.Prepare(ArtifactSql.Remove).Bind(id).Run()), cancellationToken);

    public async Task<IReadOnlyList<string>> FilterUnknownAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
        => await database.ReadAsync(
            session => ids.Where(id => session.Prepare(ArtifactSql.IsKnown).Bind(id).Number() is null).ToList(), cancellationToken);

    private static int Add(SqliteSession session, IReadOnlyCollection<ArtifactRecord> artifacts, DateTimeOffset until)
    {
        foreach (var (tenant, artifact, createdAt) in artifacts)
        {
            session.Prepare(ArtifactSql.Insert)
                .Bind(artifact.Id).Bind(tenant).Bind(StoredName<ArtifactRole>.Of(artifact.Role)).Bind(artifact.ContentType)
                .Bind(artifact.Length).Bind(artifact.Sha256).Bind(createdAt)
                .Run();
            session.Prepare(ArtifactSql.AddRef).Bind(artifact.Id).Bind(artifact.Id).Bind(tenant).Bind(until).Run();
        }

        return artifacts.Count;
    }

    private static List<string> MarkDeleting(SqliteSession session, DateTimeOffset now, int limit)
    {
        var ended = session.Prepare(ArtifactSql.ListEnded).Bind(now).Bind(limit).All(row => (Artifact: row.TextAt(0), Owner: row.TextAt(1)));
        foreach (var (artifact, owner) in ended)
        {
            session.Prepare(ArtifactSql.DropRef).Bind(artifact).Bind(owner).Run();
            session.Prepare(ArtifactSql.MarkIfUnowned).Bind(artifact).Run();
        }

        return session.Prepare(ArtifactSql.ListDeleting).Bind(limit).All(row => row.TextAt(0));
    }

    private static ArtifactLife Read(string id, SqliteStatement row)
    {
        var artifact = new ArtifactRef(
            id, StoredName<ArtifactRole>.Parse(row.TextAt(1)), row.TextAt(2), row.NumberAt(3)!.Value, row.TextAt(4));
        var isOpenEnded = row.NumberAt(6) == 1;
        return new(new(row.TextAt(0), artifact, row.MomentAt(5)!.Value), isOpenEnded ? null : row.MomentAt(7));
    }
}
