using System.Text.RegularExpressions;

using MPilot.Jobs.Api.Tests.Support;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Documentation;

/// <summary>The page that shows the OpenAPI document.</summary>
public sealed class PageTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Page_WhenOpened_HasAllItLoadsHere()
    {
        var page = await _host.GetAsync("/docs/index.html");

        page.Status.ShouldBe(200);
        page["Content-Security-Policy"]!.ShouldStartWith("default-src 'self';");
        var loaded = Regex.Matches(page.Text, "(?:src|href)=\"([^\"]*)\"").Select(m => m.Groups[1].Value).ToList();
        loaded.Count.ShouldBeGreaterThan(4);
        foreach (var link in loaded)
        {
            link.ShouldNotContain("//");
            (await _host.GetAsync(new Uri(new Uri("http://x/docs/"), link).AbsolutePath, ("Sec-Fetch-Site", "same-origin"))).Status.ShouldBe(200, link);
        }

        (await _host.GetAsync("/docs/index.js")).Text.ShouldContain("/openapi/v1.json");
    }

    [Fact]
    public async Task Page_WhenAskedForByItsShortName_IsShown()
    {
        var answer = await _host.GetAsync("/docs");

        (answer.Status, new Uri(new Uri("http://x/docs"), answer["Location"]).AbsolutePath).ShouldBe((301, "/docs/index.html"));
    }

    [Fact]
    public async Task Page_WhenAnotherSiteEmbedsIt_IsRefused()
    {
        (await _host.GetAsync("/docs/index.html", ("Sec-Fetch-Site", "cross-site"))).Status.ShouldBe(403);
        (await _host.GetAsync("/openapi/v1.json", ("Host", "evil.example"))).Status.ShouldBe(403);
    }
}
