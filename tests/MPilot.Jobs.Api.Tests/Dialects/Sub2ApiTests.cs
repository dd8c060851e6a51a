using System.Text.RegularExpressions;

using MPilot.Jobs.Api.Tests.Support;
using MPilot.Jobs.Domain.Fallback;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Dialects;

/// <summary>sub2api's image tasks.</summary>
public sealed class Sub2ApiTests : IAsyncLifetime
{
    private const string Path = "/v1/images/edits/async";

    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Post_WhenAccepted_Answers202WithTheTask()
    {
        _host.Jobs.Outcome = (_, _) => null;

        var answer = await _host.EditAsync(Form.Minimal(), Path);

        answer.Status.ShouldBe(202);
        Normal(answer.Text).ShouldBe(
            """{"id":"job_1","task_id":"job_1","object":"image.generation.task","status":"processing","created_at":1770000000,"expires_at":1770172800,"poll_url":"/v1/images/tasks/job_1"}""");
        (answer["Location"], answer["Retry-After"], answer["Cache-Control"]).ShouldBe((answer.Json.GetProperty("poll_url").GetString(), "3", "no-store"));
    }

    [Fact]
    public async Task Get_WhileTheJobGoesOn_IsProcessing()
    {
        _host.Jobs.Outcome = (_, _) => null;
        var task = (await _host.EditAsync(Form.Minimal(), Path)).Json;

        var answer = await _host.GetAsync(task.GetProperty("poll_url").GetString()!);

        (answer.Status, answer["Retry-After"], answer["Cache-Control"]).ShouldBe((200, "3", "no-store"));
        Normal(answer.Text).ShouldBe(
            """{"id":"job_1","task_id":"job_1","object":"image.generation.task","status":"processing","created_at":1770000000,"expires_at":1770172800}""");
    }

    [Fact]
    public async Task Get_WhenTheJobSucceeded_HoldsLinksWhateverWasAsked()
    {
        var task = (await _host.EditAsync(Form.Minimal().Text("n", "2").Text("response_format", "b64_json"), Path)).Json;

        var answer = await _host.GetAsync(task.GetProperty("poll_url").GetString()!);

        answer.Json.EnumerateObject().Select(p => p.Name).ShouldBe(
            ["id", "task_id", "object", "status", "created_at", "expires_at", "completed_at", "http_status", "image_url", "result"]);
        (answer.Json.GetProperty("status").GetString(), answer.Json.GetProperty("http_status").GetInt32()).ShouldBe(("completed", 200));
        var data = answer.Json.GetProperty("result").GetProperty("data").EnumerateArray().ToList();
        data.ShouldAllBe(d => d.GetProperty("url").GetString() != null && d.EnumerateObject().All(p => p.Name != "b64_json"));
        data.Count.ShouldBe(2);
        var link = answer.Json.GetProperty("image_url").GetString()!;
        link.ShouldBe(data[0].GetProperty("url").GetString());
        (await _host.GetAsync(new Uri(link).PathAndQuery)).Body.ShouldBe(_host.Jobs.Picture);
    }

    [Fact]
    public async Task Get_WhenTheJobFailed_HoldsTheError()
    {
        _host.Jobs.Outcome = (_, _) => InstantJobs.Fail(FailureKind.Refused, 400, "not this");
        var task = (await _host.EditAsync(Form.Minimal(), Path)).Json;

        var answer = await _host.GetAsync(task.GetProperty("poll_url").GetString()!);

        (answer.Status, answer.Json.GetProperty("status").GetString(), answer.Json.GetProperty("http_status").GetInt32()).ShouldBe((200, "failed", 400));
        answer.Json.GetProperty("error").GetRawText().ShouldBe("""{"type":"image_generation_user_error","code":"moderation_blocked","message":"not this"}""");
        answer.Json.TryGetProperty("result", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Post_WhenStreamed_IsRefused()
    {
        var answer = await _host.EditAsync(Form.Minimal().Text("stream", "true"), Path);

        (answer.Status, answer.Code, answer.Param).ShouldBe((400, "unsupported_parameter", "stream"));
        _host.Jobs.Submissions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Get_WhenUnknownAnothersOrExpired_Answers404()
    {
        var id = (await _host.EditAsync(Form.Minimal(), Path))["x-mpilot-job-id"]!;
        var unknown = await _host.GetAsync("/v1/images/tasks/job_0");
        (unknown.Status, unknown.Json.GetProperty("error").GetProperty("message").GetString()).ShouldBe((404, "image task not found"));

        _host.Time.Advance(TimeSpan.FromHours(25));
        (await _host.GetAsync($"/v1/images/tasks/{id}")).Status.ShouldBe(404);

        _host.Store.Put(_host.Store.Job(id) with { Tenant = "somebody", CompletedAt = _host.Time.GetUtcNow() });
        (await _host.GetAsync($"/v1/images/tasks/{id}")).Status.ShouldBe(404);
    }

    private static string Normal(string json) => Regex.Replace(json, "job_[0-9a-f]{32}", "job_1");
}
