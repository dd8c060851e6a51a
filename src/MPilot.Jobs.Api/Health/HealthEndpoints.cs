using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

using MPilot.Jobs.Api.Documentation;
using MPilot.Jobs.Api.Json;

namespace MPilot.Jobs.Api.Health;

/// <summary>Whether the process lives, and whether it can take edits.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Json(new ReadinessBody("live"), ApiJson.Wire.ReadinessBody)).With(HealthDocs.Live).AllowAnonymous();
        routes.MapGet("/health/ready", ReadyAsync).With(HealthDocs.Ready).AllowAnonymous();
    }

    private static async Task<IResult> ReadyAsync(IEnumerable<IReadinessCheck> checks, CancellationToken cancellationToken)
    {
        var findings = new List<ReadinessFinding>();
        foreach (var check in checks)
        {
            findings.AddRange(await check.CheckAsync(cancellationToken));
        }

        var isDown = findings.Any(f => f is { Problem: not null, IsEssential: true });
        var status = isDown ? "unavailable" : findings.Any(f => f.Problem is not null) ? "degraded" : "ready";
        var rows = findings.Select(f => new ReadinessRow(f.Name, f.Problem is null ? "ok" : "unavailable", f.Problem)).ToList();
        return Results.Json(
            new ReadinessBody(status, rows), ApiJson.Wire.ReadinessBody,
            statusCode: isDown ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }
}
