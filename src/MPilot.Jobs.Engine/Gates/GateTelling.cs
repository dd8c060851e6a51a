using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Engine.Gates;

/// <summary>What a gate has to tell the job of a ticket that waited.</summary>
internal sealed record GateTelling(GateTicket Ticket, JobFact Fact);
