using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>Webhook endpoints and their secrets in memory.</summary>
public sealed partial class MemoryStore
{
    private readonly SortedDictionary<string, WebhookEndpoint> _endpoints = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Tenant, string Owner), WebhookSecrets> _secrets = [];

    public Task<EndpointAnswer> AddAsync(WebhookEndpoint endpoint, string secret, int most, CancellationToken cancellationToken)
        => Atomically(() =>
        {
            if (EndpointsOf_NeedsLock(endpoint.Tenant).Count >= most)
            {
                return EndpointAnswer.TooMany;
            }

            if (IsNameTaken_NeedsLock(endpoint))
            {
                return EndpointAnswer.NameTaken;
            }

            _endpoints.Add(endpoint.Id, endpoint);
            _secrets[(endpoint.Tenant, endpoint.Id)] = new(secret, endpoint.CreatedAt);
            return EndpointAnswer.Stored;
        });

    Task<WebhookEndpoint?> IWebhookEndpoints.FindAsync(string tenant, string id, CancellationToken cancellationToken)
        => Atomically(() => EndpointsOf_NeedsLock(tenant).Find(e => e.Id == id));

    public Task<WebhookEndpoint?> FindNamedAsync(string tenant, string name, CancellationToken cancellationToken)
        => Atomically(() => EndpointsOf_NeedsLock(tenant).Find(e => e.Name == name));

    public Task<IReadOnlyList<WebhookEndpoint>> ListAsync(string tenant, string? after, int limit, CancellationToken cancellationToken)
        => Atomically<IReadOnlyList<WebhookEndpoint>>(() =>
        [
            .. EndpointsOf_NeedsLock(tenant).AsEnumerable().Reverse().Where(e => after is null || string.CompareOrdinal(e.Id, after) < 0).Take(limit),
        ]);

    public Task<EndpointAnswer> UpdateAsync(WebhookEndpoint endpoint, CancellationToken cancellationToken)
        => Atomically(() =>
        {
            if (!EndpointsOf_NeedsLock(endpoint.Tenant).Exists(e => e.Id == endpoint.Id))
            {
                return EndpointAnswer.Gone;
            }

            if (IsNameTaken_NeedsLock(endpoint))
            {
                return EndpointAnswer.NameTaken;
            }

            _endpoints[endpoint.Id] = endpoint with { CreatedAt = _endpoints[endpoint.Id].CreatedAt };
            return EndpointAnswer.Stored;
        });

    Task<bool> IWebhookEndpoints.DeleteAsync(string tenant, string id, CancellationToken cancellationToken)
        => Atomically(() =>
        {
            _secrets.Remove((tenant, id));
            return EndpointsOf_NeedsLock(tenant).Exists(e => e.Id == id) && _endpoints.Remove(id);
        });

    public Task<WebhookSecrets?> FindSecretsAsync(string tenant, string owner, CancellationToken cancellationToken)
        => Atomically(() => _secrets.GetValueOrDefault((tenant, owner)));

    public Task RotateAsync(SecretRotation rotation, CancellationToken cancellationToken)
        => Atomically(() =>
        {
            var owner = (rotation.Tenant, rotation.Owner);
            var before = _secrets.GetValueOrDefault(owner);
            _secrets[owner] = new(rotation.Secret, rotation.At, before?.Current, before is null ? null : rotation.PreviousUntil);
            return true;
        });

    private List<WebhookEndpoint> EndpointsOf_NeedsLock(string tenant) => [.. _endpoints.Values.Where(e => e.Tenant == tenant)];

    private bool IsNameTaken_NeedsLock(WebhookEndpoint endpoint)
        => EndpointsOf_NeedsLock(endpoint.Tenant).Exists(e => e.Name == endpoint.Name && e.Id != endpoint.Id);
}
