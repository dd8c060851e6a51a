using MPilot.Jobs.Api.Tests.Support;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Security;

/// <summary>Who may reach a service without keys.</summary>
public sealed class LoopbackGuardTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync(o => o.Http.AllowedOrigins = ["https://design.example", "http://localhost:3000/"]);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("https://evil.example", null, 403)]
    [InlineData("null", null, 403)]
    [InlineData("https://design.example.evil.example", null, 403)]
    [InlineData("http://design.example", null, 403)]
    [InlineData("https://design.example", null, 404)]
    [InlineData("https://design.example", "cross-site", 404)]
    [InlineData("HTTPS://Design.Example", null, 404)]
    [InlineData("http://localhost:3000", "same-site", 404)]
    [InlineData(null, "cross-site", 403)]
    [InlineData(null, "same-site", 403)]
    [InlineData(null, "nonsense", 403)]
    [InlineData(null, "none", 404)]
    [InlineData(null, "same-origin", 404)]
    [InlineData(null, null, 404)]
    public async Task Request_WhenAPageSendsIt_MustComeFromAnAllowedOrigin(string? origin, string? site, int status)
    {
        List<(string, string)> headers = [("sec-fetch-mode", "cors"), ("authorization", "Bearer sk-test")];
        if (origin is not null)
        {
            headers.Add(("Origin", origin));
        }

        if (site is not null)
        {
            headers.Add(("Sec-Fetch-Site", site));
        }

        var answer = await _host.GetAsync("/v1/jobs/job_0", [.. headers]);

        answer.Status.ShouldBe(status);
        answer.Code.ShouldBe(status == 403 ? "origin_not_allowed" : "not_found");
    }

    [Theory]
    [InlineData(null, 404)]
    [InlineData("same-origin", 404)]
    [InlineData("cross-site", 403)]
    public async Task Request_WhenTheOriginIsItsOwn_Passes(string? site, int status)
    {
        var origin = _host.Address.GetLeftPart(UriPartial.Authority);
        (string, string)[] headers = site is null ? [("Origin", origin)] : [("Origin", origin), ("Sec-Fetch-Site", site)];

        (await _host.GetAsync("/v1/jobs/job_0", headers)).Status.ShouldBe(status);
    }

    [Theory]
    [InlineData("localhost", 404)]
    [InlineData("LOCALHOST:80", 404)]
    [InlineData("127.0.0.1:9", 404)]
    [InlineData("127.9.8.7", 404)]
    [InlineData("[::1]:8080", 404)]
    [InlineData("evil.example", 403)]
    [InlineData("localhost.evil.example", 403)]
    [InlineData("127.0.0.1.nip.io", 403)]
    [InlineData("192.168.1.2", 403)]
    [InlineData("[::2]", 403)]
    public async Task Request_WhenTheHostIsNotLoopback_IsRefused(string host, int status)
    {
        var answer = await _host.GetAsync("/v1/jobs/job_0", ("Host", host));

        answer.Status.ShouldBe(status);
        answer.Code.ShouldBe(status == 403 ? "host_not_allowed" : "not_found");
    }

    [Fact]
    public async Task Request_WhenItAsksForLife_PassesFromAnywhere()
    {
        (await _host.GetAsync("/health/live", ("Host", "evil.example"), ("Origin", "https://evil.example"))).Status.ShouldBe(200);
        (await _host.GetAsync("/health/ready", ("Host", "evil.example"))).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Preflight_WhenTheOriginIsAllowed_IsAnswered()
    {
        var answer = await _host.SendAsync(
            HttpMethod.Options, "/v1/images/edits", null,
            ("Origin", "https://design.example"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization"));

        (answer.Status, answer["Access-Control-Allow-Origin"], answer["Access-Control-Allow-Headers"]).ShouldBe((204, "https://design.example", "authorization"));
    }
}
