using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Engine.Webhooks;

/// <summary>
/// Endpoints and the secrets deliveries are signed with. Every write is one durable transaction. Another tenant's endpoint does not exist.
/// Calls throw <see cref="StoreUnavailableException"/> as those of <see cref="IJobStore"/> do.
/// </summary>
public interface IWebhookEndpoints
{
    /// <summary>Registers an endpoint with its secret.</summary>
    /// <param name="endpoint">A new one.</param>
    /// <param name="secret">What its deliveries are signed with.</param>
    /// <param name="most">As many as its tenant may have, this one included.</param>
    Task<EndpointAnswer> AddAsync(WebhookEndpoint endpoint, string secret, int most, CancellationToken cancellationToken);

    Task<WebhookEndpoint?> FindAsync(string tenant, string id, CancellationToken cancellationToken);

    Task<WebhookEndpoint?> FindNamedAsync(string tenant, string name, CancellationToken cancellationToken);

    /// <summary>A tenant's endpoints, newest first, those after an id (exclusive).</summary>
    Task<IReadOnlyList<WebhookEndpoint>> ListAsync(string tenant, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>Stores an endpoint over its older self.</summary>
    Task<EndpointAnswer> UpdateAsync(WebhookEndpoint endpoint, CancellationToken cancellationToken);

    /// <summary>Deletes an endpoint and its secrets; its deliveries stay, to be discarded when they are due.</summary>
    /// <returns>Whether it was there.</returns>
    Task<bool> DeleteAsync(string tenant, string id, CancellationToken cancellationToken);

    /// <summary>What an owner's deliveries are signed with; <c>null</c>: it has no secret.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="owner">An endpoint's id, or <see cref="WebhookSecrets.TenantsOwn"/>.</param>
    Task<WebhookSecrets?> FindSecretsAsync(string tenant, string owner, CancellationToken cancellationToken);

    /// <summary>Puts a new secret before the current one, if there is one.</summary>
    Task RotateAsync(SecretRotation rotation, CancellationToken cancellationToken);
}
