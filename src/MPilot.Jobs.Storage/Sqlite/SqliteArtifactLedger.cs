using System.Collections.Immutable;

using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Sqlite;

/// <inheritdoc cref="IArtifactLedger"/>
public sealed class SqliteArtifactLedger(SqliteDatabase database) : IArtifactLedger
{
    public Task AddAsync(IReadOnlyCollection<ArtifactRecord> artifacts, DateTimeOffset until, CancellationToken cancellationToken)
        => database.WriteAsync(session => Add(session, artifacts, until), cancellationToken);

    public Task<ArtifactLife?> FindAsync(string id, CancellationToken cancellationToken)
        => database.ReadAsync(session => session.Prepare(ArtifactSql.Find).Bind(id).First(row => ArtifactRows.Read(id, row)), cancellationToken);

    public async Task<IReadOnlyList<string>> MarkDeletingAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
        => await database.WriteAsync(session => MarkDeleting(session, now, limit), cancellationToken);

    public Task RemoveAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
        => database.WriteAsync(session => ids.Sum(id => session.Prepare(ArtifactSql.Remove).Bind(id).Run()), cancellationToken);

    public async Task<IReadOnlyList<string>> FilterUnknownAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
        => await database.ReadAsync(
            session => ids.Where(id => session.Prepare(ArtifactSql.IsKnown).Bind(id).Number() is null).ToList(), cancellationToken);

    /// <summary>The owner keeps these until then, or open-ended, and they no longer keep themselves.</summary>
    /// <exception cref="ArtifactGoneException">One is missing, another tenant's, or being deleted.</exception>
    internal static void Adopt(SqliteSession session, string owner, string tenant, ImmutableArray<string> artifacts, DateTimeOffset? until)
    {
        foreach (var artifact in artifacts)
        {
            if (session.Prepare(ArtifactSql.IsLive).Bind(artifact).Bind(tenant).Number() is null)
            {
                throw ArtifactRefs.Gone(artifact);
            }

            ArtifactRefs.Adopt(session, owner, tenant, artifact, until);
        }
    }

    private static int Add(SqliteSession session, IReadOnlyCollection<ArtifactRecord> artifacts, DateTimeOffset until)
    {
        ArtifactRows.Insert(session, artifacts, until);
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
}
