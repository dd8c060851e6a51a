namespace MPilot.Jobs.Storage.Sql;

/// <summary>Where statements are made.</summary>
internal interface IStatements<out TStatement>
    where TStatement : IStatement<TStatement>
{
    /// <summary>The statement of a constant text, whose parameters are question marks.</summary>
    TStatement Prepare(string sql);
}
