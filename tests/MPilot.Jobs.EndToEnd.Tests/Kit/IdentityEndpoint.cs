using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text.Json;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MPilot.Jobs.EndToEnd.Tests.Kit;

/// <summary>Gives out tokens as the platform of an Azure app does to the app. Nobody signed them: Azurite does not look.</summary>
internal sealed class IdentityEndpoint : IAsyncDisposable
{
    private const string Secret = "the-apps-own";

    private readonly WebApplication _app;

    private IdentityEndpoint(WebApplication app) => _app = app;

    /// <summary>What tokens were asked for.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>How an app knows of it.</summary>
    public (string Name, string Value)[] Environment => [("IDENTITY_ENDPOINT", $"{_app.Urls.Single()}/msi/token"), ("IDENTITY_HEADER", Secret)];

    public static async Task<IdentityEndpoint> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var endpoint = new IdentityEndpoint(builder.Build());
        endpoint._app.MapGet("/msi/token", endpoint.Answer);
        await endpoint._app.StartAsync();
        return endpoint;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Answer(HttpRequest request)
    {
        if (request.Headers["X-IDENTITY-HEADER"] != Secret)
        {
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        }

        var resource = request.Query["resource"].ToString();
        Asked.Enqueue(resource);
        var end = new DateTimeOffset(2090, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        var token = $"{Part(new { alg = "RS256", typ = "JWT" })}.{Part(new { aud = resource, iss = "https://sts.windows.net/test/", iat = 0, nbf = 0, exp = end })}.unsigned";
        return Results.Json(new { access_token = token, expires_on = $"{end}", resource, token_type = "Bearer" });
    }

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
