using MPilot.Jobs.Engine.Webhooks;
using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Sqlite;

/// <inheritdoc cref="IWebhookEndpoints"/>
public sealed class SqliteWebhookEndpoints(SqliteDatabase database) : IWebhookEndpoints
{
    public Task<EndpointAnswer> AddAsync(WebhookEndpoint endpoint, string secret, int most, CancellationToken cancellationToken)
        => database.WriteAsync(session => Add(session, endpoint, secret, most), cancellationToken);

    public Task<WebhookEndpoint?> FindAsync(string tenant, string id, CancellationToken cancellationToken)
        => database.ReadAsync(session => session.Prepare(WebhookSql.Find).Bind(tenant).Bind(id).First(WebhookRows.Read), cancellationToken);

    public Task<WebhookEndpoint?> FindNamedAsync(string tenant, string name, CancellationToken cancellationToken)
        => database.ReadAsync(session => session.Prepare(WebhookSql.FindNamed).Bind(tenant).Bind(name).First(WebhookRows.Read), cancellationToken);

    public async Task<IReadOnlyList<WebhookEndpoint>> ListAsync(string tenant, string? after, int limit, CancellationToken cancellationToken)
        => await database.ReadAsync(session => WebhookRows.Page(session, tenant, after, limit).All(WebhookRows.Read), cancellationToken);

    public Task<EndpointAnswer> UpdateAsync(WebhookEndpoint endpoint, CancellationToken cancellationToken)
        => database.WriteAsync(session => Update(session, endpoint), cancellationToken);

    public Task<bool> DeleteAsync(string tenant, string id, CancellationToken cancellationToken)
        => database.WriteAsync(session => Delete(session, tenant, id), cancellationToken);

    public Task<WebhookSecrets?> FindSecretsAsync(string tenant, string owner, CancellationToken cancellationToken)
        => database.ReadAsync(session => session.Prepare(WebhookSql.FindSecrets).Bind(tenant).Bind(owner).First(WebhookRows.ReadSecrets), cancellationToken);

    public Task RotateAsync(SecretRotation rotation, CancellationToken cancellationToken)
        => database.WriteAsync(session => Rotate(session, rotation), cancellationToken);

    private static EndpointAnswer Add(SqliteSession session, WebhookEndpoint endpoint, string secret, int most)
    {
        if (session.Prepare(WebhookSql.Count).Bind(endpoint.Tenant).Number() >= most)
        {
            return EndpointAnswer.TooMany;
        }

        if (WebhookRows.Insert(session, endpoint).Run() == 0)
        {
            return EndpointAnswer.NameTaken;
        }

        WebhookRows.Rotate(session, new(endpoint.Tenant, endpoint.Id, secret, endpoint.CreatedAt, endpoint.CreatedAt));
        return EndpointAnswer.Stored;
    }

    private static EndpointAnswer Update(SqliteSession session, WebhookEndpoint endpoint)
        => WebhookRows.Update(session, endpoint).Run() == 1 ? EndpointAnswer.Stored
            : session.Prepare(WebhookSql.Find).Bind(endpoint.Tenant).Bind(endpoint.Id).First(WebhookRows.Read) is null ? EndpointAnswer.Gone
            : EndpointAnswer.NameTaken;

    private static bool Delete(SqliteSession session, string tenant, string id)
    {
        session.Prepare(WebhookSql.DeleteSecrets).Bind(tenant).Bind(id).Run();
        return session.Prepare(WebhookSql.Delete).Bind(tenant).Bind(id).Run() == 1;
    }

    private static bool Rotate(SqliteSession session, SecretRotation rotation)
    {
        WebhookRows.Rotate(session, rotation);
        return true;
    }
}
