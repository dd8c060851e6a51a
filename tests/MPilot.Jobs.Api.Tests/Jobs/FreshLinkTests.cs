using System.Text.RegularExpressions;

using MPilot.Jobs.Api.Tests.Support;
using MPilot.Jobs.Engine.Store;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Jobs;

/// <summary>Links to pictures: made anew whenever they are read, for as long as the picture lives.</summary>
public sealed partial class FreshLinkTests : IAsyncLifetime
{
    private ApiHost _host = null!;
    private string _job = null!;

    public async Task InitializeAsync()
    {
        _host = await ApiHost.StartAsync();
        await _host.PostJsonAsync("/v1/webhooks/endpoints", """{"url":"https://shop.example/hook"}""");
        _job = (await _host.EditAsync(Form.Minimal().Text("response_format", "url")))["x-mpilot-job-id"]!;
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Links_WhenReadAgainLater_StillLeadToThePictureUntilItGoes()
    {
        foreach (var age in new[] { TimeSpan.Zero, TimeSpan.FromHours(12), TimeSpan.FromHours(24) - TimeSpan.FromSeconds(2) })
        {
            _host.Time.Advance(ManualTime.Start + age - _host.Time.GetUtcNow());
            foreach (var (place, link) in await LinksAsync())
            {
                var served = await _host.GetAsync(link.PathAndQuery);
                served.Status.ShouldBe(200, $"{place} after {age}");
                Expiry().Match(link.Query).Groups[1].Value.ShouldBe($"{ManualTime.Start.AddHours(24).ToUnixTimeSeconds()}", place);
            }
        }
    }

    [Fact]
    public async Task Links_WhenTheKeyIsRotated_AreSignedWithTheNewOneAndOldOnesStillServe()
    {
        var before = await LinksAsync();
        before.ShouldAllBe(l => l.Link.Query.Contains("kid=kid_test"));
        var tag = (await _host.GetAsync($"/v1/jobs/{_job}"))["ETag"]!;

        _host.SigningKeys.Insert(0, new SigningKey("kid_new", [.. Enumerable.Repeat((byte)7, 32)], _host.Time.GetUtcNow()));

        var after = await LinksAsync();
        after.ShouldAllBe(l => l.Link.Query.Contains("kid=kid_new"));
        foreach (var (place, link) in before.Concat(after))
        {
            (await _host.GetAsync(link.PathAndQuery)).Status.ShouldBe(200, place);
        }

        // Who has the snapshot of before is not told that nothing changed: its links end with the old key.
        (await _host.GetAsync($"/v1/jobs/{_job}", ("If-None-Match", tag))).Status.ShouldBe(200);
        _host.SigningKeys.RemoveAt(1);
        (await _host.GetAsync(before[0].Link.PathAndQuery)).Status.ShouldBe(403);
        (await _host.GetAsync(after[0].Link.PathAndQuery)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Links_WhenThePictureHasGone_AreNotMadeAndSaySo()
    {
        var links = await LinksAsync();

        _host.Time.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));

        var snapshot = (await _host.GetAsync($"/v1/jobs/{_job}")).Json;
        snapshot.TryGetProperty("data", out _).ShouldBeFalse();
        var result = await _host.GetAsync(new Uri(snapshot.GetProperty("result_url").GetString()!).PathAndQuery);
        (result.Status, result.Code).ShouldBe((410, "result_expired"));
        foreach (var (place, link) in links)
        {
            var gone = await _host.GetAsync(link.PathAndQuery);
            (gone.Status, gone.Code).ShouldBe((410, "result_expired"), place);
        }

        (await _host.GetAsync("/v1/jobs")).Text.ShouldNotContain("/v1/artifacts/");
        (await _host.GetAsync($"/v1/jobs/{_job}/events?images=link")).Text.ShouldContain("\"image_expired\":true");
    }

    [Fact]
    public async Task Links_WhenTheJobKeepsItsPicturesForLess_EndWithThem()
    {
        var job = (await _host.EditAsync(Form.Minimal(), "/v1/async/images/edits", ("x-bf-async-job-result-ttl", "60")))["x-mpilot-job-id"]!;
        var ends = _host.Store.Job(job).ResultsUntil(TimeSpan.FromHours(24))!.Value.ToUnixTimeSeconds();
        ends.ShouldBeLessThan(ManualTime.Start.AddMinutes(2).ToUnixTimeSeconds());

        foreach (var path in new[] { $"/v1/jobs/{job}", $"/v1/jobs/{job}/events?images=link" })
        {
            long.Parse(Expiry().Match((await _host.GetAsync(path)).Text).Groups[1].Value).ShouldBeLessThanOrEqualTo(ends, path);
        }
    }

    /// <summary>The link to the one picture, from everywhere it is read.</summary>
    private async Task<List<(string Place, Uri Link)>> LinksAsync()
    {
        var delivery = _host.Store.Deliveries.Single();
        (string, string)[] texts =
        [
            ("snapshot", (await _host.GetAsync($"/v1/jobs/{_job}")).Text),
            ("list", (await _host.GetAsync("/v1/jobs")).Text),
            ("result", (await _host.GetAsync($"/v1/jobs/{_job}/result")).Text),
            ("events", (await _host.GetAsync($"/v1/jobs/{_job}/events?images=link")).Text),
            ("webhook", System.Text.Encoding.UTF8.GetString(_host.Bodies.Write(delivery, _host.Store.Job(_job), [], null))),
        ];
        return [.. texts.Select(t => (t.Item1, new Uri(Link().Match(t.Item2).Value.Replace("\\u0026", "&"))))];
    }

    [GeneratedRegex("http://[^\"]+/v1/artifacts/[^\"]+")]
    private static partial Regex Link();

    [GeneratedRegex(@"exp=(\d+)")]
    private static partial Regex Expiry();
}
