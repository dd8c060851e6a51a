using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Storage.Json;

namespace MPilot.Jobs.Storage.Sql;

/// <summary>The rows of the artifact ledger.</summary>
internal static class ArtifactRows
{
    public static void Insert<T>(IStatements<T> session, IEnumerable<ArtifactRecord> artifacts, DateTimeOffset until)
        where T : IStatement<T>
    {
        foreach (var (tenant, artifact, createdAt) in artifacts)
        {
            session.Prepare(ArtifactSql.Insert)
                .Bind(artifact.Id).Bind(tenant).Bind(StoredName<ArtifactRole>.Of(artifact.Role)).Bind(artifact.ContentType)
                .Bind(artifact.Length).Bind(artifact.Sha256).Bind(createdAt)
                .Send();
            session.Prepare(ArtifactSql.AddRef).Bind(artifact.Id).Bind(artifact.Id).Bind(tenant).Bind(until).Send();
        }
    }

    /// <summary>A row of <see cref="ArtifactSql.Find"/>.</summary>
    public static ArtifactLife Read(string id, IRow row)
    {
        var artifact = new ArtifactRef(
            id, StoredName<ArtifactRole>.Parse(row.TextAt(1)), row.TextAt(2), row.NumberAt(3)!.Value, row.TextAt(4));
        var isOpenEnded = row.NumberAt(6) > 0;
        return new(new(row.TextAt(0), artifact, row.MomentAt(5)!.Value), isOpenEnded ? null : row.MomentAt(7));
    }
}
