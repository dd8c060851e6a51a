using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Storage.Sql;

/// <summary>Binds the statements of <see cref="DueSql"/>.</summary>
internal static class DueRows
{
    public static T ListTargets<T>(IStatements<T> session, DueSql sql, DateTimeOffset now, string after, int limit)
        where T : IStatement<T>
        => session.Prepare(sql.ListTargets).Bind(after).Bind(now).Bind(limit);

    /// <param name="session">Where to.</param>
    /// <param name="sql">The database's own <see cref="DueSql.Claim"/>.</param>
    /// <param name="claim">Who takes what.</param>
    public static T Claim<T>(IStatements<T> session, string sql, DeliveryClaim claim)
        where T : IStatement<T>
        => session.Prepare(sql)
            .Bind(claim.Node).Bind(claim.Epoch).Bind(claim.Target).Bind(claim.DueBy ?? claim.Now).Bind(claim.Limit)
            .Bind(claim.Node).Bind(claim.Epoch);
}
