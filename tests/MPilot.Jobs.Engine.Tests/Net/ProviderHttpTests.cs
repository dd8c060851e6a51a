using System.Net;
using System.Net.Sockets;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

using MPilot.Jobs.Engine.Net;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Net;

public sealed class ProviderHttpTests : IAsyncLifetime
{
    private readonly FixedAddresses _addresses = new(IPAddress.Loopback);
    private readonly WebApplication _server;
    private readonly ServiceProvider _services;
    private int _calls;

    public ProviderHttpTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.Run(context =>
        {
            Interlocked.Increment(ref _calls);
            context.Response.StatusCode = context.Request.Path == "/moved" ? 302 : 200;
            context.Response.Headers.Location = "/elsewhere";
            return context.Response.WriteAsync("hello");
        });
        _services = new ServiceCollection().AddSingleton<IHostAddresses>(_addresses).AddProviderHttp().BuildServiceProvider();
    }

    private Uri Server => new(_server.Urls.Single());

    public Task InitializeAsync() => _server.StartAsync();

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task ClientFor_WhenOperatorsServerIsPrivate_ReachesIt()
    {
        var client = Client(new($"http://gpu.lan:{Server.Port}/v1"));

        (await client.GetStringAsync(new Uri($"http://gpu.lan:{Server.Port}/x"))).ShouldBe("hello");
        client.Timeout.ShouldBe(Timeout.InfiniteTimeSpan);
    }

    [Fact]
    public async Task ClientFor_WhenHostIsAnother_RefusesBeforeResolving()
    {
        var client = Client(Server);

        await Should.ThrowAsync<HostRefusedException>(() => client.GetAsync(new Uri("https://other.example.com/")));

        _addresses.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task ClientFor_WhenDownloadHostResolvesInside_RefusesToConnect()
    {
        var client = Client(new("http://gpu.lan:1/v1"), "files.example.com");

        var refused = await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(new Uri($"https://files.example.com:{Server.Port}/")));

        refused.InnerException.ShouldBeOfType<HostRefusedException>();
        _calls.ShouldBe(0);
    }

    [Fact]
    public async Task ClientFor_WhenDownloadHostIsPrivateLiteral_RefusesToConnect()
    {
        var client = Client(new("http://gpu.lan:1/v1"), "127.0.0.1", "::1");

        foreach (var host in new[] { "127.0.0.1", "[::1]" })
        {
            var refused = await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(new Uri($"https://{host}:{Server.Port}/")));
            (refused is HostRefusedException || refused.InnerException is HostRefusedException).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task ClientFor_WhenSomeAddressesAreInside_KeepsThePublicOnes()
    {
        var mixed = new FixedAddresses(IPAddress.Loopback, IPAddress.Parse("8.8.8.8"), IPAddress.Parse("fd00::1"));
        var connect = new GuardedConnect((_, address) => AddressGuard.IsPublic(address), mixed);

        (await connect.ResolveAsync(new("files.example.com", 443), default)).ShouldBe([IPAddress.Parse("8.8.8.8")]);
    }

    [Fact]
    public async Task ClientFor_WhenAnswerRedirects_DoesNotFollow()
    {
        using var response = await Client(Server).GetAsync(new Uri(Server, "/moved"));

        response.StatusCode.ShouldBe(HttpStatusCode.Found);
        _calls.ShouldBe(1);
    }

    [Fact]
    public async Task ClientFor_WhenAskedTwice_SharesConnections()
    {
        var http = _services.GetRequiredService<IProviderHttp>();
        var hosts = new AllowedHosts(new($"http://gpu.lan:{Server.Port}/v1"), []);

        await http.ClientFor("p", hosts).GetStringAsync(new Uri($"http://gpu.lan:{Server.Port}/1"));
        await http.ClientFor("p", hosts).GetStringAsync(new Uri($"http://gpu.lan:{Server.Port}/2"));

        _addresses.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task ClientFor_WhenNothingListens_SaysSoBeforeTheBody()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var uri = new Uri($"http://gpu.lan:{port}/");

        var failure = await Should.ThrowAsync<HttpRequestException>(() => Client(uri).GetAsync(uri));

        failure.InnerException.ShouldBeOfType<SocketException>();
    }

    private HttpClient Client(Uri baseUrl, params string[] downloadHosts)
        => _services.GetRequiredService<IProviderHttp>().ClientFor("p", new(baseUrl, downloadHosts));
}
