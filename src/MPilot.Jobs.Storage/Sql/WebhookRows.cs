using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Storage.Sql;

/// <summary>The rows of webhook endpoints and their secrets.</summary>
internal static class WebhookRows
{
    /// <summary>Sorts behind every id: the page starts at the newest.</summary>
    private const string AfterAll = "~";

    private const char Between = ' ';

    public static T Insert<T>(IStatements<T> session, WebhookEndpoint endpoint)
        where T : IStatement<T>
        => session.Prepare(WebhookSql.Insert)
            .Bind(endpoint.Id).Bind(endpoint.Tenant).Bind(endpoint.Name).Bind(endpoint.Url).Bind(EventsOf(endpoint)).Bind(endpoint.NamedOnly ? 1 : 0)
            .Bind(endpoint.CreatedAt).Bind(endpoint.DisabledAt).Bind(endpoint.DisabledAsGone ? 1 : 0);

    public static T Update<T>(IStatements<T> session, WebhookEndpoint endpoint)
        where T : IStatement<T>
        => session.Prepare(WebhookSql.Update)
            .Bind(endpoint.Name).Bind(endpoint.Url).Bind(EventsOf(endpoint)).Bind(endpoint.NamedOnly ? 1 : 0)
            .Bind(endpoint.DisabledAt).Bind(endpoint.DisabledAsGone ? 1 : 0)
            .Bind(endpoint.Tenant).Bind(endpoint.Id).Bind(endpoint.Tenant).Bind(endpoint.Name).Bind(endpoint.Id);

    public static T Page<T>(IStatements<T> session, string tenant, string? after, int limit)
        where T : IStatement<T>
        => session.Prepare(WebhookSql.List).Bind(tenant).Bind(after ?? AfterAll).Bind(limit);

    public static void Rotate<T>(IStatements<T> session, SecretRotation rotation)
        where T : IStatement<T>
        => session.Prepare(WebhookSql.Rotate)
            .Bind(rotation.Tenant).Bind(rotation.Owner).Bind(rotation.Secret).Bind(rotation.At).Bind(rotation.PreviousUntil)
            .Send();

    public static WebhookEndpoint Read(IRow row) => new()
    {
        Id = row.TextAt(0),
        Tenant = row.TextAt(1),
        Name = row.TextAt(2),
        Url = row.TextAt(3),
        Events = [.. row.TextAt(4).Split(Between, StringSplitOptions.RemoveEmptyEntries)],
        NamedOnly = row.NumberAt(5) != 0,
        CreatedAt = row.MomentAt(6)!.Value,
        DisabledAt = row.MomentAt(7),
        DisabledAsGone = row.NumberAt(8) != 0,
    };

    public static WebhookSecrets ReadSecrets(IRow row) => new(row.TextAt(0), row.MomentAt(1)!.Value, row.TextOrNullAt(2), row.MomentAt(3));

    private static string EventsOf(WebhookEndpoint endpoint) => string.Join(Between, endpoint.Events);
}
