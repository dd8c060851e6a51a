using System.Collections.Concurrent;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

using MPilot.Jobs.Engine;
using MPilot.Jobs.Engine.Attempts;
using MPilot.Jobs.Engine.Catalog;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Emulation;
using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Gates;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Telemetry;
using MPilot.Jobs.Orleans.Attempts;
using MPilot.Jobs.Orleans.Gates;
using MPilot.Jobs.Orleans.Jobs;
using MPilot.Jobs.Orleans.Sweeping;

namespace MPilot.Jobs.Orleans;

/// <summary>One node's share of the cluster put together: what its grains work with, and the runner of its calls.</summary>
public sealed class ClusterEngine : IGateReadings
{
    private readonly ConcurrentDictionary<string, LockedGate> _gates = new(StringComparer.Ordinal);
    private readonly ProviderCatalog _catalog;
    private readonly Resumption _resumption;
    private readonly Ids _ids;

    public ClusterEngine(
        IGrainFactory grains, IClusterMembershipService membership, ILocalSiloDetails local, GrainJobs jobs, GrainGates gates, IJobStore store, IGateEpochs gateEpochs, IOutboxSignal outbox, ProviderCatalog catalog,
        EditDrawing drawing, NodeIdentity node, JobsOptions limits, RetentionOptions retention, Ids ids, [FromKeyedServices(EngineTime.Key)] TimeProvider time, IRandomness randomness,
        JobsInstruments instruments, Resumption resumption, ILogger<AttemptRunner> logger)
    {
        (_catalog, _ids, _resumption, Node, Time, GateEpochs) = (catalog, ids, resumption, node, time, gateEpochs);
        Jobs = jobs;
        Runner = new(jobs, gates, catalog, drawing, new(limits.MaxPicturesInFlight), node, time, randomness, logger);
        Ports = new(store, gates, new GrainAttempts(Runner, new(grains, membership, local, randomness), store, grains, node, time), outbox, retention, time, instruments);
        instruments.Watch(this);
    }

    public GrainJobs Jobs { get; }

    public AttemptRunner Runner { get; }

    internal NodeIdentity Node { get; }

    internal TimeProvider Time { get; }

    internal IGateEpochs GateEpochs { get; }

    internal JobPorts Ports { get; }

    /// <summary>Of the gates that live on this node.</summary>
    public IEnumerable<GateReading> Read()
        => _gates.Select(g => g.Value.Read(g.Key));

    /// <summary>A gate does not wait for the job it tells. <c>null</c>: the provider is not configured.</summary>
    internal LockedGate? NewGate(string provider, long epoch)
    {
        if (_catalog.Providers.FirstOrDefault(p => p.Name == provider) is not { } configured)
        {
            return null;
        }

        var rules = new ProviderGate(configured.Options, _ids, (ticket, wait) => Ports.Instruments.OnGateGranted(ticket.Provider, wait)) { Epoch = epoch };
        return _gates[provider] = new(rules, Time, Tell);
    }

    /// <summary>Who was in the line of a gate that was elsewhere before has to come again.</summary>
    internal void OnGateOpened(long epoch)
    {
        if (epoch > 1)
        {
            _resumption.Ask();
        }
    }

    internal void OnGateClosed(string provider) => _gates.TryRemove(provider, out _);

    private void Tell(GateTelling telling)
        => _ = Jobs.TellUntilTakenAsync(telling.Ticket.Job, telling.Fact, Time, CancellationToken.None);
}
