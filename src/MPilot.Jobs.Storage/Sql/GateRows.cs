using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Storage.Sql;

/// <summary>Gate epochs among the rows of a job's transition.</summary>
internal static class GateRows
{
    /// <summary>Finds one row where the fence still stands.</summary>
    public static T Find<T>(IStatements<T> session, GateFence fence)
        where T : IStatement<T>
        => session.Prepare(GateSql.IsNewest).Bind(fence.Provider).Bind(fence.Epoch);

    public static GateMovedException Moved(GateFence fence) => new($"The gate of {fence.Provider} has a newer epoch than {fence.Epoch}.");

    public static CallInFlight ReadCall(IRow row) => new(row.TextAt(0), (int)row.NumberAt(1)!.Value);
}
