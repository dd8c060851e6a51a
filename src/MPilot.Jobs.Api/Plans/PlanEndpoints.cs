using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

using MPilot.Jobs.Api.Documentation;

namespace MPilot.Jobs.Api.Plans;

/// <summary>The resource <c>/v1/images/edits/plan</c>.</summary>
internal static class PlanEndpoints
{
    public static void MapPlans(this IEndpointRouteBuilder routes)
        => routes.MapPost("/v1/images/edits/plan", (HttpContext http, PlanEndpoint plan) => plan.HandleAsync(http)).With(PlanDocs.Plan);
}
