using MPilot.Jobs.Api.Tests.Support;
using MPilot.Jobs.Domain.Fallback;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Jobs;

/// <summary>The list of a tenant's jobs.</summary>
public sealed class JobListTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task List_WhenThereAreNone_IsAnEmptyPage()
    {
        var answer = await _host.GetAsync("/v1/jobs");

        (answer.Status, answer.Text).ShouldBe((200, """{"object":"list","data":[],"has_more":false}"""));
    }

    [Fact]
    public async Task List_WhenThereAreJobs_ShowsTheirSnapshotsWithoutThePrompt()
    {
        var id = await EditAsync(Form.Minimal().Text("metadata[shop]", "7"));
        var single = (await _host.GetAsync($"/v1/jobs/{id}")).Text;

        var answer = await _host.GetAsync("/v1/jobs");

        single.ShouldContain("\"prompt\":\"make it blue\",");
        var row = single.Replace("\"prompt\":\"make it blue\",", "", StringComparison.Ordinal);
        answer.Text.ShouldBe("{\"object\":\"list\",\"data\":[" + row + "],\"first_id\":\"" + id + "\",\"last_id\":\"" + id + "\",\"has_more\":false}");
    }

    [Fact]
    public async Task List_WhenPaged_GoesThroughAllJobsNewestFirst()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            _host.Time.Advance(TimeSpan.FromMilliseconds(1));
            ids.Insert(0, await EditAsync(Form.Minimal()));
        }

        var seen = new List<string>();
        var pages = 0;
        for (var (more, after) = (true, ""); more; pages++)
        {
            var page = (await _host.GetAsync($"/v1/jobs?limit=2&after={after}")).Json;
            seen.AddRange(page.GetProperty("data").EnumerateArray().Select(j => j.GetProperty("id").GetString()!));
            page.GetProperty("last_id").GetString().ShouldBe(seen[^1]);
            (more, after) = (page.GetProperty("has_more").GetBoolean(), seen[^1]);
        }

        seen.ShouldBe(ids);
        pages.ShouldBe(3);
    }

    [Fact]
    public async Task List_WhenNoLimitIsGiven_ShowsTwenty()
    {
        for (var i = 0; i < 21; i++)
        {
            await EditAsync(Form.Minimal());
        }

        var page = (await _host.GetAsync("/v1/jobs")).Json;

        (page.GetProperty("data").GetArrayLength(), page.GetProperty("has_more").GetBoolean()).ShouldBe((20, true));
        (await _host.GetAsync("/v1/jobs?limit=100")).Json.GetProperty("data").GetArrayLength().ShouldBe(21);
    }

    [Theory]
    [InlineData("status=succeeded", "blue")]
    [InlineData("status=failed", "red")]
    [InlineData("status=queued", "")]
    [InlineData("model=gpt-image-1", "blue")]
    [InlineData("model=gpt-image-7", "red")]
    [InlineData("model=gpt-image-1&status=failed", "")]
    [InlineData("request_id=r-red", "red")]
    [InlineData("request_id=r-red&status=succeeded", "")]
    [InlineData("request_id=r-red&status=failed&model=gpt-image-7", "red")]
    [InlineData("status=&model=&request_id=&after=&limit=", "red blue")]
    public async Task List_WhenFiltered_KeepsWhatMeetsAll(string query, string expected)
    {
        await _host.EditAsync(Form.Minimal("gpt-image-1").Text("metadata[name]", "blue"), ("x-request-id", "r-blue"));
        _host.Time.Advance(TimeSpan.FromMilliseconds(1));
        _host.Jobs.Outcome = (_, _) => InstantJobs.Fail(FailureKind.Refused);
        await _host.EditAsync(Form.Minimal("openai/gpt-image-7").Text("metadata[name]", "red"), ("x-request-id", "r-red"));

        var page = (await _host.GetAsync($"/v1/jobs?{query}")).Json;

        string.Join(' ', page.GetProperty("data").EnumerateArray().Select(j => j.GetProperty("metadata").GetProperty("name").GetString())).ShouldBe(expected);
    }

    [Theory]
    [InlineData("status=done", "status")]
    [InlineData("status=Queued", "status")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("after=job_0", "after")]
    [InlineData("after=x", "after")]
    [InlineData("model=openai/gpt-image-2", "model")]
    public async Task List_WhenAParameterIsWrong_NamesIt(string query, string param)
    {
        var answer = await _host.GetAsync($"/v1/jobs?{query}");

        (answer.Status, answer.Code, answer.Param).ShouldBe((400, "invalid_value", param));
    }

    [Fact]
    public async Task List_WhenSeveralParametersAreWrong_NamesAll()
    {
        var errors = (await _host.GetAsync("/v1/jobs?status=x&limit=0&after=y")).Json.GetProperty("error").GetProperty("errors");

        errors.EnumerateArray().Select(e => e.GetProperty("param").GetString()).ShouldBe(["limit", "status", "after"]);
    }

    [Fact]
    public async Task List_WhenAJobIsAnotherTenants_NeitherShowsItNorTakesItForACursor()
    {
        var id = await EditAsync(Form.Minimal());
        _host.Store.Put(_host.Store.Job(id) with { Tenant = "somebody" });

        (await _host.GetAsync("/v1/jobs")).Json.GetProperty("data").GetArrayLength().ShouldBe(0);
        var answer = await _host.GetAsync($"/v1/jobs?after={id}");
        (answer.Status, answer.Param).ShouldBe((400, "after"));
    }

    private async Task<string> EditAsync(Form form) => (await _host.EditAsync(form))["x-mpilot-job-id"]!;
}
