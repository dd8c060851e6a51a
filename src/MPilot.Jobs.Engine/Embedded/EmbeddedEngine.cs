using Microsoft.Extensions.Logging;

using MPilot.Jobs.Domain.Jobs;
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

namespace MPilot.Jobs.Engine.Embedded;

/// <summary>The one-process engine put together: jobs, gates and the runner, which report to each other in a ring.</summary>
public sealed class EmbeddedEngine
{
    public EmbeddedEngine(
        IJobStore store, IOutboxSignal outbox, ProviderCatalog catalog, EditDrawing drawing, NodeIdentity node, JobsOptions limits, RetentionOptions retention,
        Ids ids, TimeProvider time, IRandomness randomness, JobsInstruments instruments, ILogger<AttemptRunner> logger)
    {
        Jobs = new EmbeddedJobs(jobs =>
        {
            Gates = new InProcessGates(catalog, ids, time, (ticket, fact) => Tell(jobs, ticket, fact, time));
            Gates.Waited = (ticket, wait) => instruments.OnGateGranted(ticket.Provider, wait);
            Runner = new AttemptRunner(jobs, Gates, catalog, drawing, new(limits.MaxPicturesInFlight), node, time, randomness, logger);
            return new JobPorts(store, Gates, Runner, outbox, retention, time, instruments);
        });
        instruments.Watch(Gates);
    }

    public EmbeddedJobs Jobs { get; }

    /// <summary>Set while <see cref="Jobs"/> is made, as is the runner.</summary>
    public InProcessGates Gates { get; private set; } = null!;

    public AttemptRunner Runner { get; private set; } = null!;

    /// <summary>A gate does not wait for the job it tells.</summary>
    private static void Tell(IJobs jobs, GateTicket ticket, JobFact fact, TimeProvider time)
        => _ = jobs.TellUntilTakenAsync(ticket.Job, fact, time, CancellationToken.None);
}
