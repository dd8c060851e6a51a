using System.Globalization;
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
        var exchange = Calls.Arrive(context, Provider, parts, stopping);
        context.Response.OnStarting(() =>
        {
            AddHeaders(context.Response.Headers, exchange.Call.Number, parts.Time.GetElapsedTime(started));
            return Task.CompletedTask;
        });
        await Calls.RunAsync(exchange, () => new OpenAiEdits(exchange, Calls.Secret(context.Request)).RunAsync());
    }

    private static async Task ModelsAsync(HttpContext context, SimulatorParts parts)
    {
        var secret = Calls.Secret(context.Request);
        var known = secret?.StartsWith("sk-", StringComparison.Ordinal) == true;
        context.Response.StatusCode = known ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized;
        context.Response.ContentType = "application/json";
        var body = known ? OpenAiBodies.Models(parts.Time.GetUtcNow().ToUnixTimeSeconds()) : OpenAiBodies.Error(OpenAiRefusal.Key(secret));
        await context.Response.BodyWriter.WriteAsync(body);
    }

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
