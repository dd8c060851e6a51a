using System.Net;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Net;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Net;

/// <summary>Where fetches connect to. What they make of answers is tested at the front.</summary>
public sealed class PictureFetcherTests : IAsyncLifetime
{
    private readonly WebApplication _server;
    private readonly MPilotOptions _options = new();
    private readonly MemoryPictures _pictures = new();
    private int _calls;

    public PictureFetcherTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.Run(context =>
        {
            Interlocked.Increment(ref _calls);
            return context.Response.WriteAsync("picture");
        });
    }

    private int Port => new Uri(_server.Urls.Single()).Port;

    public Task InitializeAsync() => _server.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task FetchAsync_WhenTheHostIsPublic_ConnectsToTheAddressThatWasChecked()
    {
        // A public name whose answer is a private address the operator allows: what is connected to is what was resolved.
        _options.Http.FetchPrivateHosts = true;
        var addresses = new ChangingAddresses([IPAddress.Loopback]);

        (await FetchAsync($"http://pictures.example:{Port}/", addresses)).ShouldBe(PictureFetch.Complete);

        (addresses.Calls, _calls).ShouldBe((1, 1));
    }

    [Fact]
    public async Task FetchAsync_WhenTheNameTurnsPrivate_IsNotReachedTheSecondTime()
    {
        // The first answer is public and leads nowhere here; a second one would lead inside.
        var addresses = new ChangingAddresses([IPAddress.Parse("192.0.2.1"), IPAddress.Parse("::ffff:10.0.0.1")], [IPAddress.Loopback]);

        (await FetchAsync($"https://rebinding.example:{Port}/", addresses)).ShouldBe(PictureFetch.Failed);
        (await FetchAsync($"https://rebinding.example:{Port}/", addresses)).ShouldBe(PictureFetch.Failed);

        (addresses.Calls, _calls).ShouldBe((2, 0));
    }

    [Fact]
    public async Task FetchAsync_WhenAConnectionWasGoodOnce_ResolvesAndChecksAnew()
    {
        _options.Http.FetchPrivateHosts = true;
        var addresses = new ChangingAddresses([IPAddress.Loopback], [IPAddress.Parse("169.254.169.254")]);
        await using var services = Services(addresses);

        (await FetchAsync(services, $"http://rebinding.example:{Port}/")).ShouldBe(PictureFetch.Complete);
        (await FetchAsync(services, $"http://rebinding.example:{Port}/")).ShouldBe(PictureFetch.Failed);

        (addresses.Calls, _calls).ShouldBe((2, 1));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("017700000001")]
    [InlineData("0177.0.0.1")]
    [InlineData("127.0.0.1.")]
    [InlineData("localhost")]
    [InlineData("localhost.")]
    [InlineData("LOCALHOST")]
    [InlineData("\uff11\uff12\uff17.\uff10.\uff10.\uff11")]
    [InlineData("\u2460\u2461\u2466.0.0.1")]
    [InlineData("127\u30020\u30020\u30021")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("[::127.0.0.1]")]
    [InlineData("[64:ff9b::7f00:1]")]
    [InlineData("[2002:7f00:1::]")]
    [InlineData("[2001:0:7f00:1::]")]
    [InlineData("[fe80::1%251]")]
    [InlineData("0")]
    [InlineData("0.0.0.0")]
    [InlineData("[::]")]
    [InlineData("10.0.0.1")]
    [InlineData("172.16.0.1")]
    [InlineData("192.168.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("[fd00::1]")]
    [InlineData("[ff02::1]")]
    public async Task FetchAsync_WhenTheHostIsInsideHoweverItIsWritten_IsNotReached(string host)
    {
        // Names are resolved by this machine, which knows numbers in all these forms too; some are no URLs to begin with.
        _options.Http.FetchPorts = [Port];
        await using var services = Services(new SystemHostAddresses());

        if (PictureLink.Refusal($"https://{host}:{Port}/", _options.Http, out var link) is null)
        {
            (await FetchAsync(services, link!.ToString())).ShouldBe(PictureFetch.Failed);
        }

        _calls.ShouldBe(0);
    }

    [Theory]
    [InlineData("https", "8.8.8.8", false, true)]
    [InlineData("https", "8.8.8.8", true, true)]
    [InlineData("https", "10.0.0.1", false, false)]
    [InlineData("https", "10.0.0.1", true, true)]
    [InlineData("http", "10.0.0.1", true, true)]
    [InlineData("http", "10.0.0.1", false, false)]
    [InlineData("http", "8.8.8.8", true, false)]
    [InlineData("https", "169.254.169.254", true, false)]
    public void Allows_WhenAskedOfAnAddress_LooksAtSchemeAndOption(string scheme, string address, bool privateHosts, bool allows)
        => GuardedClients.Allows(scheme, IPAddress.Parse(address), privateHosts).ShouldBe(allows);

    private async Task<PictureFetch> FetchAsync(string url, IHostAddresses addresses)
    {
        await using var services = Services(addresses);
        return await FetchAsync(services, url);
    }

    private async Task<PictureFetch> FetchAsync(ServiceProvider services, string url)
    {
        await using var upload = await _pictures.BeginPictureAsync(default);
        return await services.GetRequiredService<PictureFetcher>().FetchAsync(new(url), upload, default);
    }

    private ServiceProvider Services(IHostAddresses addresses) => new ServiceCollection()
        .AddSingleton(addresses).AddSingleton(_options).AddSingleton<TimeProvider>(new ManualTime()).AddPictureFetcher().BuildServiceProvider();

    /// <summary>Resolves every name to one set of addresses after the other; the last stays.</summary>
    private sealed class ChangingAddresses(params IPAddress[][] answers) : IHostAddresses
    {
        public int Calls { get; private set; }

        public ValueTask<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
            => new(answers[Math.Min(Calls++, answers.Length - 1)]);
    }
}
