using System.Collections.Concurrent;

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

namespace MPilot.Jobs.Orleans;

/// <summary>One node's share of the cluster put together: what its grains work with, and the runner of its calls.</summary>
public sealed class ClusterEngine
{
    /// <summary>Due times farther away than this are left to the due sweep. 1 min.</summary>
    public static readonly TimeSpan TimerHorizon = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, bool> _active = new(StringComparer.Ordinal);
    private readonly ProviderCatalog _catalog;
    private readonly Ids _ids;

    public ClusterEngine(
        IGrainFactory grains, IJobStore store, IGateEpochs gateEpochs, IOutboxSignal outbox, ProviderCatalog catalog, EditDrawing drawing, NodeIdentity node,
        RetentionOptions retention, Ids ids, TimeProvider time, IRandomness randomness, JobsInstruments instruments, ILogger<AttemptRunner> logger)
    {
        (_catalog, _ids, Node, Time, GateEpochs) = (catalog, ids, node, time, gateEpochs);
        Jobs = new(grains, time);
        Gates = new(grains, Jobs, time);
        Runner = new(Jobs, Gates, catalog, drawing, node, time, randomness, logger);
        Ports = new(store, Gates, new GrainAttempts(Runner, store, grains, node), outbox, retention, time, instruments);
    }

    public GrainJobs Jobs { get; }

    public GrainGates Gates { get; }

    public AttemptRunner Runner { get; }

    /// <summary>Jobs with a mailbox on this node at the moment.</summary>
    public int ActiveJobs => _active.Count;

    internal NodeIdentity Node { get; }

    internal TimeProvider Time { get; }

    internal IGateEpochs GateEpochs { get; }

    internal JobPorts Ports { get; }

    /// <summary>Called when a gate starts here after it was elsewhere: who was in its line has to come again.</summary>
    internal Action GateMoved { get; set; } = () => { };

    internal void OnActive(string job) => _active.TryAdd(job, true);

    internal void OnDeactivated(string job) => _active.TryRemove(job, out _);

    internal void OnGateOpened(long epoch)
    {
        if (epoch > 1)
        {
            GateMoved();
        }
    }

    /// <summary>A gate does not wait for the job it tells. <c>null</c>: the provider is not configured.</summary>
    internal LockedGate? NewGate(string provider)
        => _catalog.Providers.FirstOrDefault(p => p.Name == provider) is { } configured
            ? new(new ProviderGate(configured.Options, _ids, (ticket, wait) => Ports.Instruments.OnGateGranted(ticket.Provider, wait)), Time, Tell)
            : null;

    /// <summary>A timer that tells a job the time, or <c>null</c> where that is left to the sweep.</summary>
    internal ITimer? TimerOf(string job, DateTimeOffset wakeAt)
    {
        var now = Time.GetUtcNow();
        if (wakeAt - now > TimerHorizon)
        {
            return null;
        }

        var delay = wakeAt > now ? wakeAt - now : TimeSpan.FromMilliseconds(1);
        return Time.CreateTimer(_ => Jobs.Wake(job), null, delay, Timeout.InfiniteTimeSpan);
    }

    private void Tell(GateTelling telling)
        => _ = Jobs.TellUntilTakenAsync(telling.Ticket.Job, telling.Fact, Time, CancellationToken.None);
}
