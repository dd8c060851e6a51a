using System.Collections.Immutable;

using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Storage.Sqlite;

/// <summary>Who keeps an artifact alive, written in the transaction of the one who does.</summary>
internal static class ArtifactRefs
{
    /// <summary>The job keeps these, open-ended, and they no longer keep themselves.</summary>
    /// <exception cref="ArtifactGoneException">One is missing, another tenant's, or being deleted.</exception>
    public static void Adopt(SqliteSession session, JobState job, ImmutableArray<string> artifacts)
        => Adopt(session, job.Id, job.Tenant, artifacts, until: null);

    /// <summary>The owner keeps these until then, or open-ended, and they no longer keep themselves.</summary>
    /// <exception cref="ArtifactGoneException">One is missing, another tenant's, or being deleted.</exception>
    public static void Adopt(SqliteSession session, string owner, string tenant, ImmutableArray<string> artifacts, DateTimeOffset? until)
    {
        foreach (var artifact in artifacts)
        {
            if (session.Prepare(ArtifactSql.IsLive).Bind(artifact).Bind(tenant).Number() is null)
            {
                throw new ArtifactGoneException($"Artifact {artifact} is not there any more.");
            }

            session.Prepare(ArtifactSql.AddRef).Bind(artifact).Bind(owner).Bind(tenant).Bind(until).Run();
            session.Prepare(ArtifactSql.DropRef).Bind(artifact).Bind(artifact).Run();
        }
    }

    /// <summary>All that the owner keeps, it keeps until then.</summary>
    public static void EndAt(SqliteSession session, string owner, DateTimeOffset until)
        => session.Prepare(ArtifactSql.EndRefs).Bind(until).Bind(owner).Run();
}
