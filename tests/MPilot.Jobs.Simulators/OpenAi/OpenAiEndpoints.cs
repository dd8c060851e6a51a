using System.Globalization;
using Microsoft.AspNetCore.Connections;
using MPilot.Jobs.Simulators.Hosting;

namespace MPilot.Jobs.Simulators.OpenAi;

/// <summary>OpenAI's paths under <c>/v1</c>.</summary>
internal static class OpenAiEndpoints
{
    public const string Provider = "openai";

    private const int RequestsAMinute = 5000;

    public static void MapOpenAi(this WebApplication app, SimulatorParts parts, CancellationToken stopping)
    {
        app.MapPost("/v1/images/edits", context => EditAsync(context, parts, stopping));
        app.MapGet("/v1/models", context => ModelsAsync(context, parts));
    }

    private static async Task EditAsync(HttpContext context, SimulatorParts parts, CancellationToken stopping)
    {
        var started = parts.Time.GetTimestamp();
        var secret = Secret(context.Request);
        var key = secret is { Length: >= 4 } ? secret[^4..] : secret;
        var call = parts.Ledger.Arrive(Provider, context.Request.Path, key, Headers(context.Request));
        var exchange = new Exchange(context, call, parts, stopping);
        context.Response.OnStarting(() =>
        {
            AddHeaders(context.Response.Headers, call.Number, parts.Time.GetElapsedTime(started));
            return Task.CompletedTask;
        });
        try
        {
            await new OpenAiEdits(exchange, secret).RunAsync();
        }
        catch (Exception gone) when (gone is OperationCanceledException or ConnectionResetException or BadHttpRequestException)
        {
            // There is nobody left to answer; the ledger says so.
            parts.Ledger.Present(call, false);
            context.Abort();
        }
        finally
        {
            parts.Ledger.Finish(call, !exchange.ClientLeft);
        }
    }

    private static async Task ModelsAsync(HttpContext context, SimulatorParts parts)
    {
        var secret = Secret(context.Request);
        var known = secret?.StartsWith("sk-", StringComparison.Ordinal) == true;
        context.Response.StatusCode = known ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized;
        context.Response.ContentType = "application/json";
        var body = known ? OpenAiBodies.Models(parts.Time.GetUtcNow().ToUnixTimeSeconds()) : OpenAiBodies.Error(OpenAiRefusal.Key(secret));
        await context.Response.BodyWriter.WriteAsync(body);
    }

    private static string? Secret(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && header.Length > Scheme.Length ? header[Scheme.Length..] : null;
    }

    private static Dictionary<string, string> Headers(HttpRequest request) => request.Headers
        .Where(header => !header.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase))
        .ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString(), StringComparer.Ordinal);

    /// <summary>Leaves alone what the script has set.</summary>
    private static void AddHeaders(IHeaderDictionary headers, int number, TimeSpan took)
    {
        headers.TryAdd("x-request-id", string.Create(CultureInfo.InvariantCulture, $"req_{number:x32}"));
        headers.TryAdd("openai-processing-ms", ((long)took.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
        headers.TryAdd("openai-version", "2020-10-01");
        headers.TryAdd("x-ratelimit-limit-requests", RequestsAMinute.ToString(CultureInfo.InvariantCulture));
        headers.TryAdd("x-ratelimit-remaining-requests", (RequestsAMinute - 1).ToString(CultureInfo.InvariantCulture));
        headers.TryAdd("x-ratelimit-reset-requests", "12ms");
    }
}
