using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Buckets;
using MPilot.Jobs.Engine.Files;
using MPilot.Jobs.Engine.Ledger;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Storage.Tests.Conformance;

/// <summary>A suite that every job store has to pass, on an empty store of its own for each test.</summary>
public abstract class StoreConformance : IAsyncLifetime
{
    private StorePorts? _ports;

    protected IJobStore Jobs => _ports!.Jobs;

    protected IOutbox Outbox => _ports!.Outbox;

    protected INodes Nodes => _ports!.Nodes;

    protected IArtifactLedger Artifacts => _ports!.Artifacts;

    protected IFileStore Files => _ports!.Files;

    protected IPurchaseLedger Purchases => _ports!.Purchases;

    protected IGateEpochs Gates => _ports!.Gates;

    protected IWebhookEndpoints Endpoints => _ports!.Endpoints;

    protected IDeliveries Deliveries => _ports!.Deliveries;

    protected ITenantEvents TenantEvents => _ports!.TenantEvents;

    protected IBucketPuts Puts => _ports!.Puts;

    protected ISigningKeys SigningKeys => _ports!.SigningKeys;

    protected Task<IReadOnlyList<OutboxRow>> ReadOutboxAsync(int limit) => _ports!.ReadOutboxAsync(limit);

    public async Task InitializeAsync() => _ports = await OpenAsync();

    public Task DisposeAsync() => CloseAsync();

    /// <summary>Opens an empty store.</summary>
    protected abstract Task<StorePorts> OpenAsync();

    protected abstract Task CloseAsync();
}
