using System.Text.Json.Serialization;

using MPilot.Jobs.Domain.Plans;

namespace MPilot.Jobs.Api.Plans;

/// <summary>What becomes of one parameter.</summary>
/// <param name="Param">The request's field.</param>
/// <param name="Action"><c>honoured</c>, <c>emulated</c>, <c>warned</c> or <c>refused</c>.</param>
/// <param name="Message">How, or why not.</param>
internal sealed record PlanParameterBody(
    [property: JsonPropertyName("param")] string Param,
    [property: JsonPropertyName("action")] string Action,
    [property: JsonPropertyName("message")] string? Message)
{
    public static PlanParameterBody Of(ParameterPlan row) => new(row.Parameter, NameOf(row.Action), row.Message);

    private static string NameOf(PlanAction action) => action switch
    {
        PlanAction.Honour => "honoured",
        PlanAction.Emulate => "emulated",
        PlanAction.Warn => "warned",
        _ => "refused",
    };
}
