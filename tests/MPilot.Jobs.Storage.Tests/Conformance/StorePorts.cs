using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Buckets;
using MPilot.Jobs.Engine.Files;
using MPilot.Jobs.Engine.Ledger;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Webhooks;
using MPilot.Jobs.Storage.Tests.Samples;

namespace MPilot.Jobs.Storage.Tests.Conformance;

/// <summary>All ports on one store.</summary>
public sealed record StorePorts(IJobStore Jobs, IOutbox Outbox, INodes Nodes, IArtifactLedger Artifacts, ISigningKeys SigningKeys,
    IFileStore Files, IPurchaseLedger Purchases, IGateEpochs Gates, IWebhookEndpoints Endpoints, IDeliveries Deliveries, ITenantEvents TenantEvents,
    IBucketPuts Puts)
{
    /// <summary>The oldest rows of the outbox, as the only node reads them.</summary>
    public async Task<IReadOnlyList<OutboxRow>> ReadOutboxAsync(int limit)
    {
        const string Name = "node_reader";
        var node = new NodeEpoch(Name, await Nodes.RegisterAsync(Name, SampleJobs.Start.AddYears(1), expireOthers: false, default));
        await Outbox.ClaimAsync(node, default);
        return await Outbox.ReadAsync(node, limit, default);
    }
}
