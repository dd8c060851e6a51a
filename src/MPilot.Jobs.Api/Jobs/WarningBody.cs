using System.Collections.Immutable;
using System.Text.Json.Serialization;

using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Plans;

namespace MPilot.Jobs.Api.Jobs;

/// <summary>One thing that was not done as asked.</summary>
internal sealed record WarningBody(
    [property: JsonPropertyName("param")] string Param,
    [property: JsonPropertyName("provider")] string? Provider,
    [property: JsonPropertyName("action")] string Action,
    [property: JsonPropertyName("message")] string Message)
{
    /// <summary>The job's own warnings and those of the steps that filled slots; <c>null</c> where there are none.</summary>
    public static ImmutableArray<WarningBody>? Of(JobState job)
    {
        var serving = ServingAttempts.Of(job).Select(a => a.Step).Distinct().Order().SelectMany(step => job.Chain[step].Warnings);
        ImmutableArray<WarningBody> all = [.. job.Warnings.Concat(serving).Select(Of)];
        return all.IsEmpty ? null : all;
    }

    public static WarningBody Of(PlanWarning warning) => new(warning.Parameter, warning.Provider, warning.Action, warning.Message);
}
