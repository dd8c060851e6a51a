using MPilot.Jobs.Domain.Buckets;
using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine.Buckets;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Json;

namespace MPilot.Jobs.Storage.Sql;

/// <summary>The rows of pictures on their way to buckets.</summary>
internal static class BucketRows
{
    /// <summary>Those of a job that is accepted.</summary>
    public static void Insert<T>(IStatements<T> session, JobInsert insert)
        where T : IStatement<T>
    {
        foreach (var put in BucketPlan.Of(insert.State, insert.BucketUrls))
        {
            session.Prepare(BucketSql.Insert)
                .Bind(put.Id).Bind(put.Tenant).Bind(put.Job).Bind(put.Slot).Bind(put.Target).Bind(put.Url)
                .Bind(StoredName<BucketPutStatus>.Of(put.Status)).Bind(put.Attempts)
                .Send();
        }
    }

    /// <summary>Lets the pictures of a job go that becomes final.</summary>
    public static void Go<T>(IStatements<T> session, JobSave save)
        where T : IStatement<T>
    {
        if (!BucketPlan.Concerns(save.State, save.Events))
        {
            return;
        }

        foreach (var slot in BucketPlan.Going(save.State))
        {
            session.Prepare(BucketSql.Go).Bind(save.State.CompletedAt).Bind(save.KeepUntil).Bind(BucketPut.IdOf(save.State.Id, slot)).Send();
        }

        session.Prepare(BucketSql.DropWaiting).Bind(save.State.Id).Send();
    }

    /// <summary>Changes one row, or none where the claim was lost.</summary>
    public static T Record<T>(IStatements<T> session, BucketRecord record)
        where T : IStatement<T>
    {
        var ended = record.Move.Status == BucketPutStatus.Pending ? (DateTimeOffset?)null : record.Try.EndedAt;
        return session.Prepare(BucketSql.Record)
            .Bind(StoredName<BucketPutStatus>.Of(record.Move.Status)).Bind(StoredName<DeliveryOutcome>.Of(record.Try.Outcome)).Bind(record.Move.DueAt)
            .Bind(ended).Bind(ended).Bind(record.Put.Attempts + 1)
            .Bind(record.Put.Id).Bind(record.Node).Bind(record.Epoch);
    }

    public static BucketPut Read(IRow row) => new()
    {
        Tenant = row.TextAt(0),
        Job = row.TextAt(1),
        Slot = (int)row.NumberAt(2)!,
        Target = row.TextAt(3),
        Url = row.TextOrNullAt(4),
        Status = StoredName<BucketPutStatus>.Parse(row.TextAt(5)),
        Outcome = row.TextOrNullAt(6) is { } outcome ? StoredName<DeliveryOutcome>.Parse(outcome) : null,
        DueAt = row.MomentAt(7),
        Until = row.MomentAt(8),
        EndedAt = row.MomentAt(9),
        Attempts = (int)row.NumberAt(10)!,
    };
}
