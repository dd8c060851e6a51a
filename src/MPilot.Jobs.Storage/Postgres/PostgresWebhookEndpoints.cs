using MPilot.Jobs.Engine.Webhooks;
using MPilot.Jobs.Storage.Sql;

using Npgsql;

namespace MPilot.Jobs.Storage.Postgres;

/// <inheritdoc cref="IWebhookEndpoints"/>
public sealed class PostgresWebhookEndpoints(PostgresDatabase database) : IWebhookEndpoints
{
    public Task<EndpointAnswer> AddAsync(WebhookEndpoint endpoint, string secret, int most, CancellationToken cancellationToken)
        => database.WriteAsync(session => AddAsync(session, endpoint, secret, most), cancellationToken);

    public Task<WebhookEndpoint?> FindAsync(string tenant, string id, CancellationToken cancellationToken)
        => database.FirstAsync(session => session.Prepare(WebhookSql.Find).Bind(tenant).Bind(id), WebhookRows.Read, cancellationToken);

    public Task<WebhookEndpoint?> FindNamedAsync(string tenant, string name, CancellationToken cancellationToken)
        => database.FirstAsync(session => session.Prepare(WebhookSql.FindNamed).Bind(tenant).Bind(name), WebhookRows.Read, cancellationToken);

    public async Task<IReadOnlyList<WebhookEndpoint>> ListAsync(string tenant, string? after, int limit, CancellationToken cancellationToken)
        => await database.ListAsync(session => WebhookRows.Page(session, tenant, after, limit), WebhookRows.Read, cancellationToken);

    public Task<EndpointAnswer> UpdateAsync(WebhookEndpoint endpoint, CancellationToken cancellationToken)
        => database.WriteAsync(session => UpdateAsync(session, endpoint), cancellationToken);

    public Task<bool> DeleteAsync(string tenant, string id, CancellationToken cancellationToken)
        => database.WriteAsync(session => DeleteAsync(session, tenant, id), cancellationToken);

    public Task<WebhookSecrets?> FindSecretsAsync(string tenant, string owner, CancellationToken cancellationToken)
        => database.FirstAsync(session => session.Prepare(WebhookSql.FindSecrets).Bind(tenant).Bind(owner), WebhookRows.ReadSecrets, cancellationToken);

    public Task RotateAsync(SecretRotation rotation, CancellationToken cancellationToken)
        => database.WriteAsync(session => WebhookRows.Rotate(session, rotation), cancellationToken);

    private static async Task<EndpointAnswer> AddAsync(PostgresSession session, WebhookEndpoint endpoint, string secret, int most)
    {
        session.Prepare(WebhookSql.Count).Bind(endpoint.Tenant);
        if (await session.NumberAsync() >= most)
        {
            return EndpointAnswer.TooMany;
        }

        var inserted = WebhookRows.Insert(session, endpoint);
        await session.SendAsync();
        if (inserted.Rows == 0)
        {
            return EndpointAnswer.NameTaken;
        }

        WebhookRows.Rotate(session, new(endpoint.Tenant, endpoint.Id, secret, endpoint.CreatedAt, endpoint.CreatedAt));
        return EndpointAnswer.Stored;
    }

    private static async Task<EndpointAnswer> UpdateAsync(PostgresSession session, WebhookEndpoint endpoint)
    {
        session.Prepare(WebhookSql.Find).Bind(endpoint.Tenant).Bind(endpoint.Id);
        var updated = WebhookRows.Update(session, endpoint);
        try
        {
            var found = await session.ReadAsync(WebhookRows.Read);
            return updated.Rows == 1 ? EndpointAnswer.Stored : found.Count == 0 ? EndpointAnswer.Gone : EndpointAnswer.NameTaken;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrors.UniqueViolation)
        {
            return EndpointAnswer.NameTaken;
        }
    }

    private static async Task<bool> DeleteAsync(PostgresSession session, string tenant, string id)
    {
        session.Prepare(WebhookSql.DeleteSecrets).Bind(tenant).Bind(id).Send();
        var deleted = session.Prepare(WebhookSql.Delete).Bind(tenant).Bind(id);
        await session.SendAsync();
        return deleted.Rows == 1;
    }
}
