using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Storage.Sql;

/// <summary>The rows of the keys that links are signed with.</summary>
internal static class SigningKeyRows
{
    public static void InsertFirst<T>(IStatements<T> session, SigningKey key)
        where T : IStatement<T>
        => session.Prepare(SigningKeySql.InsertFirst).Bind(key.Id).BindBlob(key.Secret).Bind(key.CreatedAt).Send();

    public static SigningKey Read(IRow row) => new(row.TextAt(0), row.BytesAt(1).ToArray(), row.MomentAt(2)!.Value);
}
