using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MPilot.Jobs.Notifications.Tests.Webhooks;

/// <summary>A real server on loopback. What it does with a call, its path says: <c>/204</c> answers so, <c>/hang</c> never does.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private static readonly DateTimeOffset ValidFrom = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly WebApplication _app;
    private readonly X509Certificate2 _certificate;
    private readonly ConcurrentQueue<Receipt> _receipts = new();

    private Receiver(WebApplication app, X509Certificate2 certificate)
    {
        _app = app;
        _certificate = certificate;
        app.Run(AnswerAsync);
    }

    /// <summary>All calls, in order.</summary>
    public ImmutableArray<Receipt> Receipts => [.. _receipts];

    /// <summary>Told of every call.</summary>
    public Action<Receipt> OnReceived { get; set; } = _ => { };

    /// <summary>What it answers to calls of a path, in place of what the path says.</summary>
    public Func<HttpContext, int?> Answer { get; set; } = _ => null;

    private Uri Http => new(_app.Urls.First(u => u.StartsWith("http:", StringComparison.Ordinal)));

    private Uri Https => new(_app.Urls.First(u => u.StartsWith("https:", StringComparison.Ordinal)));

    public int Port => Http.Port;

    public static async Task<Receiver> StartAsync()
    {
        var certificate = NewCertificate();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0);
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.UseHttps(certificate));
        });
        var receiver = new Receiver(builder.Build(), certificate);
        await receiver._app.StartAsync();
        return receiver;
    }

    public string At(string path) => new Uri(Http, path).ToString();

    /// <summary>With a certificate nobody trusts.</summary>
    public string AtTls(string path) => new Uri(Https, path).ToString();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        var receipt = new Receipt(
            http.Request.Path, http.Request.Headers["webhook-id"].ToString(), http.Request.Headers["webhook-timestamp"].ToString(),
            http.Request.Headers["webhook-signature"].ToString(), body);
        _receipts.Enqueue(receipt);
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
            http.Response.StatusCode = int.Parse(path, System.Globalization.CultureInfo.InvariantCulture);
            http.Response.Headers.Location = "/204/redirected";
        }
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(ValidFrom, ValidFrom.AddYears(40));

        // Made anew from its own bytes: a key that only lives in memory cannot be served with everywhere.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
