using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Files;
using MPilot.Jobs.Engine.Ledger;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Storage.Tests.Conformance;

/// <summary>All ports on one store.</summary>
public sealed record StorePorts(IJobStore Jobs, IOutbox Outbox, INodes Nodes, IArtifactLedger Artifacts, ISigningKeys SigningKeys,
    IFileStore Files, IPurchaseLedger Purchases, IWebhookEndpoints Endpoints, IDeliveries Deliveries);
