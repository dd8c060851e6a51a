using MPilot.Jobs.Engine.Artifacts;

namespace MPilot.Jobs.Storage.Sql;

/// <summary>Who keeps an artifact alive, written in the transaction of the one who does.</summary>
internal static class ArtifactRefs
{
    /// <summary>What is said where an artifact to adopt is missing, another tenant's, or being deleted.</summary>
    public static ArtifactGoneException Gone(string artifact) => new($"Artifact {artifact} is not there any more.");

    /// <summary>The owner keeps a live artifact until then, or open-ended, and it no longer keeps itself.</summary>
    public static void Adopt<T>(IStatements<T> session, string owner, string tenant, string artifact, DateTimeOffset? until)
        where T : IStatement<T>
    {
        session.Prepare(ArtifactSql.AddRef).Bind(artifact).Bind(owner).Bind(tenant).Bind(until).Send();
        session.Prepare(ArtifactSql.DropRef).Bind(artifact).Bind(artifact).Send();
    }

    /// <summary>All that the owner keeps, it keeps until then.</summary>
    public static void EndAt<T>(IStatements<T> session, string owner, DateTimeOffset until)
        where T : IStatement<T>
        => session.Prepare(ArtifactSql.EndRefs).Bind(until).Bind(owner).Send();

    /// <summary>The owners are gone; what they kept is left for the sweeper, which has to delete bytes as well.</summary>
    public static void LetGo<T>(IStatements<T> session, IEnumerable<string> owners)
        where T : IStatement<T>
    {
        foreach (var owner in owners)
        {
            EndAt(session, owner, DateTimeOffset.UnixEpoch);
        }
    }
}
