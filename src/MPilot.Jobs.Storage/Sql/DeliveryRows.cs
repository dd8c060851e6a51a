using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine.Webhooks;
using MPilot.Jobs.Storage.Json;

namespace MPilot.Jobs.Storage.Sql;

/// <summary>The rows of deliveries.</summary>
internal static class DeliveryRows
{
    /// <summary>Sorts behind every id: the page starts at the newest.</summary>
    private const string AfterAll = "~";

    public static void Insert<T>(IStatements<T> session, IEnumerable<Delivery> deliveries)
        where T : IStatement<T>
    {
        foreach (var row in deliveries)
        {
            session.Prepare(DeliverySql.Insert)
                .Bind(row.Id).Bind(row.Tenant).Bind(row.Target).Bind(row.Endpoint).Bind(row.Url).Bind(row.Job).Bind(row.Sequence).Bind(row.Event)
                .Bind(StoredName<DeliveryFormat>.Of(row.Format)).Bind(row.About).Bind(StoredName<DeliveryStatus>.Of(row.Status)).Bind(NameOf(row.Outcome))
                .Bind(row.CreatedAt).Bind(row.DueAt).Bind(row.EndedAt).Bind(row.Attempts).Bind(row.Tries)
                .Send();
        }
    }

    /// <summary>The statement for which the filters at hand are one range of an index, all bound.</summary>
    public static T Page<T>(IStatements<T> session, DeliveryQuery query)
        where T : IStatement<T>
    {
        var status = query.Status is { } wanted ? StoredName<DeliveryStatus>.Of(wanted) : null;
        var filtered = query switch
        {
            { Job: { } job } => session.Prepare(DeliverySql.ListByJob).Bind(query.Tenant).Bind(job).Bind(query.Endpoint).Bind(status),
            { Endpoint: { } endpoint } => session.Prepare(DeliverySql.ListByEndpoint).Bind(query.Tenant).Bind(endpoint).Bind(status),
            _ when status is not null => session.Prepare(DeliverySql.ListByStatus).Bind(query.Tenant).Bind(status),
            _ => session.Prepare(DeliverySql.List).Bind(query.Tenant),
        };
        return filtered.Bind(query.After ?? AfterAll).Bind(query.Limit);
    }

    public static T Redeliver<T>(IStatements<T> session, string tenant, string id, DateTimeOffset now)
        where T : IStatement<T>
        => session.Prepare(DeliverySql.Redeliver).Bind(now).Bind(tenant).Bind(id);

    public static T Redeliver<T>(IStatements<T> session, FailedDeliveries failed, DateTimeOffset now)
        where T : IStatement<T>
        => session.Prepare(DeliverySql.RedeliverFailed).Bind(now).Bind(failed.Tenant).Bind(failed.Since).Bind(failed.Endpoint);

    /// <summary>Changes one row, or none where the claim was lost.</summary>
    public static T Record<T>(IStatements<T> session, DeliveryRecord record)
        where T : IStatement<T>
    {
        var (delivery, move) = (record.Delivery, record.Move);
        return session.Prepare(DeliverySql.Record)
            .Bind(StoredName<DeliveryStatus>.Of(move.Status)).Bind(NameOf(record.Try.Outcome)).Bind(move.DueAt)
            .Bind(move.Status == DeliveryStatus.Pending ? null : record.Try.EndedAt).Bind(delivery.Attempts + 1).Bind(delivery.Tries + 1)
            .Bind(delivery.Id).Bind(record.Node).Bind(record.Epoch);
    }

    /// <summary>What goes with a record: the log's row, and the end of an endpoint that wants no more.</summary>
    public static void WriteAround<T>(IStatements<T> session, DeliveryRecord record)
        where T : IStatement<T>
    {
        var (delivery, tried) = (record.Delivery, record.Try);
        session.Prepare(DeliverySql.InsertAttempt)
            .Bind(delivery.Id).Bind(delivery.Attempts + 1).Bind(delivery.Tenant).Bind(tried.StartedAt).Bind((long)tried.Duration.TotalMilliseconds)
            .Bind(NameOf(tried.Outcome)).Bind(tried.StatusCode)
            .Send();
        if (record.Move.DisablesEndpoint)
        {
            session.Prepare(WebhookSql.Disable).Bind(tried.EndedAt).Bind(delivery.Tenant).Bind(delivery.Endpoint).Send();
        }
    }

    /// <summary>Deletes what ended long ago; the statement for deliveries is left to be carried out.</summary>
    public static T Prune<T>(IStatements<T> session, DateTimeOffset before, int limit)
        where T : IStatement<T>
    {
        session.Prepare(DeliverySql.PruneAttempts).Bind(before).Bind(limit).Send();
        return session.Prepare(DeliverySql.Prune).Bind(before).Bind(limit);
    }

    public static Delivery Read(IRow row) => new()
    {
        Id = row.TextAt(0),
        Tenant = row.TextAt(1),
        Target = row.TextAt(2),
        Endpoint = row.TextOrNullAt(3),
        Url = row.TextOrNullAt(4),
        Job = row.TextOrNullAt(5),
        Sequence = row.NumberAt(6)!.Value,
        Event = row.TextAt(7),
        Format = StoredName<DeliveryFormat>.Parse(row.TextAt(8)),
        About = row.TextOrNullAt(9),
        Status = StoredName<DeliveryStatus>.Parse(row.TextAt(10)),
        Outcome = row.TextOrNullAt(11) is { } outcome ? StoredName<DeliveryOutcome>.Parse(outcome) : null,
        CreatedAt = row.MomentAt(12)!.Value,
        DueAt = row.MomentAt(13)!.Value,
        EndedAt = row.MomentAt(14),
        Attempts = (int)row.NumberAt(15)!,
        Tries = (int)row.NumberAt(16)!,
    };

    public static DeliveryAttempt ReadAttempt(IRow row) => new(
        (int)row.NumberAt(0)!, row.MomentAt(1)!.Value, TimeSpan.FromMilliseconds(row.NumberAt(2)!.Value), StoredName<DeliveryOutcome>.Parse(row.TextAt(3)),
        (int?)row.NumberAt(4));

    private static string? NameOf(DeliveryOutcome? outcome) => outcome is { } known ? StoredName<DeliveryOutcome>.Of(known) : null;
}
