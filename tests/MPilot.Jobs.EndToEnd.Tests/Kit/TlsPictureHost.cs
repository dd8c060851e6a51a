using System.Net;
using System.Security.Cryptography.X509Certificates;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.EndToEnd.Tests.Kit;

/// <summary>A server on loopback that serves one picture over TLS, with a certificate of its own.</summary>
internal sealed class TlsPictureHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly X509Certificate2 _certificate;

    private TlsPictureHost(WebApplication app, X509Certificate2 certificate)
    {
        _app = app;
        _certificate = certificate;
    }

    public int Port => new Uri(_app.Urls.Single()).Port;

    /// <summary>What a client has to trust.</summary>
    public string CertificatePem => _certificate.ExportCertificatePem();

    public static async Task<TlsPictureHost> StartAsync(byte[] picture)
    {
        var certificate = LoopbackCertificate.New();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var app = builder.Build();
        app.MapGet("/picture", (HttpContext http) => http.Response.Body.WriteAsync(picture).AsTask());
        await app.StartAsync();
        return new(app, certificate);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
    }
}
