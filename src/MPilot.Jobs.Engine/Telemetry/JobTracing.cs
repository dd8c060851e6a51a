using System.Diagnostics;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Attempts;

namespace MPilot.Jobs.Engine.Telemetry;

/// <summary>Our spans. They hold ids and names, never prompts, addresses or secrets, and cost nothing while nobody listens.</summary>
public static class JobTracing
{
    /// <summary>Longest trace state kept, what every tracer has to pass on. 512 characters.</summary>
    public const int MaxState = 512;

    private static readonly ActivitySource Source = new(TelemetryNames.Own);

    /// <summary>The trace of what runs now, to be stored with a job; <c>null</c> where there is none.</summary>
    public static JobTrace? Current
        => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } current ? new(id, Bounded(current.TraceStateString)) : null;

    /// <summary>A job is handed in.</summary>
    public static Activity? StartSubmit(string job) => Source.StartActivity("job.submit")?.SetTag("mpilot.job.id", job);

    /// <summary>Bytes are made durable.</summary>
    public static Activity? StartArtifactWrite(string artifact) => Source.StartActivity("artifact.write")?.SetTag("mpilot.artifact.id", artifact);

    /// <summary>A call is made. It belongs to the request that brought the job, however long ago that was, and to nothing else.</summary>
    public static Activity? StartAttempt(AttemptOrder order)
    {
        // Whoever happened to start the call may be about another job.
        Activity.Current = null;
        var parent = order.Trace is { } trace && ActivityContext.TryParse(trace.Parent, trace.State, isRemote: true, out var context) ? context : default;
        return Source.StartActivity("attempt", ActivityKind.Client, parent)?
            .SetTag("mpilot.job.id", order.Job)
            .SetTag("mpilot.attempt", order.Attempt)
            .SetTag("mpilot.provider", order.Step.Provider)
            .SetTag("mpilot.model", order.Step.Model)
            .SetTag("mpilot.key", order.Key);
    }

    /// <summary>A call ended.</summary>
    public static void End(this Activity? attempt, AttemptOutcome outcome)
    {
        if (attempt is null)
        {
            return;
        }

        var (status, failure) = outcome switch
        {
            AttemptOutcome.Succeeded => (AttemptStatus.Succeeded, null),
            AttemptOutcome.Failed failed => (AttemptStatus.Failed, failed.Failure),
            AttemptOutcome.Canceled => (AttemptStatus.Canceled, null),
            _ => (AttemptStatus.Lost, new AttemptFailure(FailureKind.Lost)),
        };
        attempt.SetTag("mpilot.outcome", SnakeNames.Of(status));
        if (failure is not null)
        {
            attempt.SetTag("error.type", SnakeNames.Of(failure.Kind));
            attempt.SetTag("http.response.status_code", failure.StatusCode);
            attempt.SetStatus(ActivityStatusCode.Error);
        }
    }

    private static string? Bounded(string? state) => state is { Length: > 0 and <= MaxState } ? state : null;
}
