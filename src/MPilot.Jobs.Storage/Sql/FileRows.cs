using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Files;
using MPilot.Jobs.Storage.Json;

namespace MPilot.Jobs.Storage.Sql;

/// <summary>The rows of uploaded files.</summary>
internal static class FileRows
{
    /// <summary>Behind every id, which are all ASCII.</summary>
    private const string LastId = "\uFFFF";

    public static void Insert<T>(IStatements<T> session, StoredFile file)
        where T : IStatement<T>
    {
        var facts = file.Picture.Facts;
        session.Prepare(FileSql.Insert)
            .Bind(file.Id).Bind(file.Tenant).Bind(file.Picture.Artifact.Id).Bind(file.Purpose).Bind(StoredName<PictureFormat>.Of(facts.Format))
            .Bind(facts.Stored.Width).Bind(facts.Stored.Height).Bind(facts.Frames).Bind(facts.HasAlpha ? 1 : 0).Bind(facts.Orientation)
            .Bind(file.CreatedAt).Bind(file.ExpiresAt)
            .Send();
    }

    /// <summary>The statement for a page, all bound.</summary>
    public static T Page<T>(IStatements<T> session, FileQuery query)
        where T : IStatement<T>
    {
        var after = query.After ?? (query.OldestFirst ? "" : LastId);
        var statement = query.Purpose is null
            ? session.Prepare(query.OldestFirst ? FileSql.ListOldest : FileSql.ListNewest).Bind(query.Tenant)
            : session.Prepare(query.OldestFirst ? FileSql.ListOldestFor : FileSql.ListNewestFor).Bind(query.Tenant).Bind(query.Purpose);
        return statement.Bind(after).Bind(query.Now).Bind(query.Limit);
    }

    public static StoredFile Read(IRow row)
    {
        var artifact = new ArtifactRef(row.TextAt(2), ArtifactRole.Source, row.TextAt(3), row.NumberAt(4)!.Value, row.TextAt(5));
        var facts = new PictureFacts(
            StoredName<PictureFormat>.Parse(row.TextAt(7)), new(Int(row, 8), Int(row, 9)), Int(row, 10), Int(row, 11) == 1, Int(row, 12));
        return new(row.TextAt(0), row.TextAt(1), new(artifact, facts), row.TextAt(6), row.MomentAt(13)!.Value, row.MomentAt(14)!.Value);
    }

    private static int Int(IRow row, int column) => (int)row.NumberAt(column)!.Value;
}
