using MPilot.Jobs.Engine.Attempts;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Gates;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Telemetry;

namespace MPilot.Jobs.Engine.Jobs;

/// <summary>What a job's coordinator works with.</summary>
public sealed record JobPorts(
    IJobStore Store, IGates Gates, IAttempts Attempts, IOutboxSignal Outbox, RetentionOptions Retention, TimeProvider Time, JobsInstruments Instruments);
