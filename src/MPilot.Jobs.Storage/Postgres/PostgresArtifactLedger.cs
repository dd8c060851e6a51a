using System.Collections.Immutable;

using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Postgres;

/// <inheritdoc cref="IArtifactLedger"/>
public sealed class PostgresArtifactLedger(PostgresDatabase database) : IArtifactLedger
{
    public Task AddAsync(IReadOnlyCollection<ArtifactRecord> artifacts, DateTimeOffset until, CancellationToken cancellationToken)
        => database.WriteAsync(session => ArtifactRows.Insert(session, artifacts, until), cancellationToken);

    public Task<ArtifactLife?> FindAsync(string id, CancellationToken cancellationToken)
        => database.FirstAsync(session => session.Prepare(ArtifactSql.Find).Bind(id), row => ArtifactRows.Read(id, row), cancellationToken);

    public async Task<IReadOnlyList<string>> MarkDeletingAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
        => await database.WriteAsync(session => MarkDeletingAsync(session, now, limit), cancellationToken);

    public Task RemoveAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
        => database.WriteAsync(
            session =>
            {
                foreach (var id in ids.Order(StringComparer.Ordinal))
                {
                    session.Prepare(PostgresSql.RemoveArtifact).Bind(id).Send();
                }
            },
            cancellationToken);

    public async Task<IReadOnlyList<string>> FilterUnknownAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
        => await database.ReadAsync(
            async session =>
            {
                var found = ids.Select(id => (Id: id, Row: session.Prepare(ArtifactSql.IsKnown).Bind(id))).ToList();
                await session.SendAsync();
                return found.Where(f => f.Row.Rows == 0).Select(f => f.Id).ToList();
            },
            cancellationToken);

    /// <summary>
    /// The owner keeps these until then, or open-ended, and they no longer keep themselves. Always in the order of their ids, so that two who adopt the
    /// same do not wait for each other.
    /// </summary>
    /// <returns>What <see cref="RequireLive"/> has to look at before the commit.</returns>
    internal static List<(string Id, PostgresStatement Held)> Adopt(
        PostgresSession session, string owner, string tenant, ImmutableArray<string> artifacts, DateTimeOffset? until)
    {
        var held = new List<(string Id, PostgresStatement Held)>();
        foreach (var artifact in artifacts.Order(StringComparer.Ordinal))
        {
            held.Add((artifact, session.Prepare(PostgresSql.HoldLive).Bind(artifact).Bind(tenant)));
            ArtifactRefs.Adopt(session, owner, tenant, artifact, until);
        }

        return held;
    }

    /// <exception cref="ArtifactGoneException">One is missing, another tenant's, or being deleted.</exception>
    internal static void RequireLive(List<(string Id, PostgresStatement Held)> adopted)
    {
        if (adopted.Find(a => a.Held.Rows == 0).Id is { } gone)
        {
            throw ArtifactRefs.Gone(gone);
        }
    }

    private static async Task<List<string>> MarkDeletingAsync(PostgresSession session, DateTimeOffset now, int limit)
    {
        // 1. What has ended is claimed together with its artifacts, whose rows nobody can adopt from then on.
        session.Prepare(PostgresSql.ClaimEnded).Bind(now).Bind(limit);
        var ended = await session.ReadAsync(row => (Artifact: row.TextAt(0), Owner: row.TextAt(1)));

        // 2. Only now is it looked at who else keeps them: who was adopting them before has committed.
        foreach (var (artifact, owner) in ended)
        {
            session.Prepare(ArtifactSql.DropRef).Bind(artifact).Bind(owner).Send();
            session.Prepare(ArtifactSql.MarkIfUnowned).Bind(artifact).Send();
        }

        session.Prepare(ArtifactSql.ListDeleting).Bind(limit);
        return await session.ReadAsync(row => row.TextAt(0));
    }
}
