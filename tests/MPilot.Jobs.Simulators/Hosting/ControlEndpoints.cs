using System.Text.Json;
using MPilot.Jobs.Simulators.Pictures;
using MPilot.Jobs.Simulators.Scripting;

namespace MPilot.Jobs.Simulators.Hosting;

/// <summary>The paths with which a test in another process steers the simulator; all start with an underscore, as no provider's do.</summary>
internal static class ControlEndpoints
{
    public static void MapControl(this WebApplication app, SimulatorParts parts)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        app.MapPost("/_script", (HttpRequest request) => AppendAsync(request, parts.Script));
        app.MapDelete("/_script", () => { parts.Script.Clear(); return Results.NoContent(); });
        app.MapPost("/_release/{gate}", (string gate, int? count) => new { released = parts.Gates.Release(gate, count ?? int.MaxValue) });
        app.MapGet("/_held/{gate}", async (string gate, int? count, HttpContext context) =>
        {
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            return new { gate, held = await parts.Gates.HeldAsync(gate, count ?? 1, waiting.Token) };
        });
        app.MapGet("/_ledger", async (int? finished, HttpContext context) =>
        {
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            if (finished is { } count) await parts.Ledger.FinishedAsync(count, waiting.Token);
            return parts.Ledger.Read();
        });
        app.MapDelete("/_ledger", () =>
        {
            parts.Ledger.Clear();
            parts.Shelf.Clear();
            return Results.NoContent();
        });
        app.MapGet("/_pictures/{number:int}", (int number, HttpResponse response) => ServeAsync(number, response, parts));
    }

    private static async Task<IResult> AppendAsync(HttpRequest request, FaultScript script)
    {
        try
        {
            return Results.Ok(new { rules = script.Append(await ScriptText.ReadAsync(request.Body, request.HttpContext.RequestAborted)) });
        }
        catch (Exception mistake) when (mistake is JsonException or ArgumentException)
        {
            return Results.BadRequest(new { error = mistake.Message });
        }
    }

    private static async Task ServeAsync(int number, HttpResponse response, SimulatorParts parts)
    {
        if (parts.Shelf.Find(number) is not { } shelved)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var picture = parts.Studio.Render(shelved.Spec, shelved.Label);
        response.ContentType = shelved.Spec.Format.MediaType();
        response.ContentLength = picture.Length;
        foreach (var segment in picture.Bytes()) await response.BodyWriter.WriteAsync(segment);
    }
}
