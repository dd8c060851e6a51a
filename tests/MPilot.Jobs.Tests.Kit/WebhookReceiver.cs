using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>A real server on loopback. What it does with a call, its path says: <c>/204</c> answers so, <c>/hang</c> never does.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<WebhookReceipt> _receipts = [];
    private readonly List<(Func<IReadOnlyList<WebhookReceipt>, bool> Holds, TaskCompletionSource Seen)> _watchers = [];
    private readonly WebApplication _app;
    private readonly X509Certificate2 _certificate;

    private WebhookReceiver(WebApplication app, X509Certificate2 certificate)
    {
        _app = app;
        _certificate = certificate;
        app.Run(AnswerAsync);
    }

    /// <summary>All calls, in order.</summary>
    public ImmutableArray<WebhookReceipt> Receipts
    {
        get
        {
            lock (_gate)
            {
                return [.. _receipts];
            }
        }
    }

    /// <summary>Told of every call before it is answered.</summary>
    public Action<WebhookReceipt> OnReceived { get; set; } = _ => { };

    /// <summary>The status it answers with, in place of the one the path says.</summary>
    public Func<HttpContext, int?> Answer { get; set; } = _ => null;

    public int Port => Http.Port;

    private Uri Http => new(_app.Urls.First(u => u.StartsWith("http:", StringComparison.Ordinal)));

    private Uri Https => new(_app.Urls.First(u => u.StartsWith("https:", StringComparison.Ordinal)));

    public static async Task<WebhookReceiver> StartAsync()
    {
        var certificate = LoopbackCertificate.New();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate));
        });
        var receiver = new WebhookReceiver(builder.Build(), certificate);
        await receiver._app.StartAsync();
        return receiver;
    }

    public string At(string path) => new Uri(Http, path).ToString();

    /// <summary>With a certificate nobody trusts.</summary>
    public string AtTls(string path) => new Uri(Https, path).ToString();

    /// <summary>Completes once the calls are as wanted.</summary>
    public Task WhenAsync(Func<IReadOnlyList<WebhookReceipt>, bool> wanted)
    {
        lock (_gate)
        {
            if (wanted(_receipts))
            {
                return Task.CompletedTask;
            }

            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((wanted, seen));
            return seen.Task;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer);
        var (headers, bytes) = (http.Request.Headers, buffer.ToArray());
        var receipt = new WebhookReceipt(
            http.Request.Path, headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(), headers["webhook-signature"].ToString(),
            Encoding.UTF8.GetString(bytes))
        {
            Method = http.Request.Method,
            Target = http.Features.Get<IHttpRequestFeature>()!.RawTarget,
            Headers = headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Bytes = bytes,
        };
        Keep(receipt);
        OnReceived(receipt);
        var path = http.Request.Path.Value![1..].Split('/')[0];
        if (Answer(http) is { } status)
        {
            http.Response.StatusCode = status;
        }
        else if (path == "hang")
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        else
        {
            http.Response.StatusCode = int.Parse(path, CultureInfo.InvariantCulture);
            http.Response.Headers.Location = "/204/redirected";
        }
    }

    private void Keep(WebhookReceipt receipt)
    {
        lock (_gate)
        {
            _receipts.Add(receipt);
            foreach (var watcher in _watchers.Where(w => w.Holds(_receipts)).ToList())
            {
                _watchers.Remove(watcher);
                watcher.Seen.SetResult();
            }
        }
    }
}
