namespace MPilot.Jobs.Domain.Jobs;

/// <summary>The distributed trace of the request that brought a job, as W3C Trace Context writes it: what is done for the job later joins it.</summary>
/// <param name="Parent">The <c>traceparent</c>: version, trace id, span id and flags.</param>
/// <param name="State">The <c>tracestate</c> of other tracers; <c>null</c> where there is none.</param>
public sealed record JobTrace(string Parent, string? State = null);
