using System.Collections.Concurrent;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MPilot.Jobs.Api.Tests.Support;

/// <summary>Another server on loopback that pictures are fetched from.</summary>
internal sealed class PictureHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PictureHost(WebApplication app) => _app = app;

    /// <summary>What each path answers.</summary>
    public ConcurrentDictionary<string, RequestDelegate> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>Headers of the requests that came, by path.</summary>
    public ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> Requests { get; } = new(StringComparer.Ordinal);

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Urls.First());

    public static async Task<PictureHost> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var host = new PictureHost(app);
        app.Run(host.AnswerAsync);
        await app.StartAsync();
        return host;
    }

    public string UrlOf(string path) => new Uri(Address, path).ToString();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.ToString();
        Requests[path] = http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return Answers[path](http);
    }
}
