using System.Text.RegularExpressions;

using MPilot.Jobs.Api.Tests.Support;
using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Dialects;

/// <summary>Bifrost's asynchronous edits.</summary>
public sealed class BifrostTests : IAsyncLifetime
{
    private const string Path = "/v1/async/images/edits";

    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Post_WhenAccepted_Answers202WithTheJob()
    {
        _host.Jobs.Outcome = (_, _) => null;

        var answer = await _host.EditAsync(Form.Minimal(), Path, ("x-request-id", "r1"));

        answer.Status.ShouldBe(202);
        Normal(answer.Text).ShouldBe("""{"id":"job_1","request_id":"r1","status":"processing","created_at":"2026-02-02T02:40:00Z"}""");
        answer["Location"].ShouldBe($"{Path}/{answer["x-mpilot-job-id"]}");
        _host.Submitted.Deadline.ShouldBe(ManualTime.Start + _host.Options.Jobs.AsyncDeadline);
    }

    [Fact]
    public async Task Get_WhenNothingWasSentYet_IsPending()
    {
        _host.Jobs.Outcome = (_, _) => null;
        var id = (await _host.EditAsync(Form.Minimal(), Path))["x-mpilot-job-id"]!;
        _host.Store.Put(_host.Store.Job(id) with { Status = JobStatus.Queued });

        var answer = await _host.GetAsync($"{Path}/{id}");

        (answer.Status, answer.Json.GetProperty("status").GetString(), answer["Retry-After"]).ShouldBe((202, "pending", "1"));
    }

    [Theory]
    [InlineData(JobStatus.Running)]
    [InlineData(JobStatus.Waiting)]
    public async Task Get_WhileTheJobGoesOn_Answers202(JobStatus status)
    {
        _host.Jobs.Outcome = (_, _) => null;
        var id = (await _host.EditAsync(Form.Minimal(), Path))["x-mpilot-job-id"]!;
        _host.Store.Put(_host.Store.Job(id) with { Status = status });

        var answer = await _host.GetAsync($"{Path}/{id}");

        (answer.Status, answer.Json.GetProperty("status").GetString()).ShouldBe((202, "processing"));
    }

    [Theory]
    [InlineData("b64_json")]
    [InlineData("url")]
    public async Task Get_WhenTheJobSucceeded_HoldsTheSynchronousAnswer(string format)
    {
        var id = (await _host.EditAsync(Form.Minimal().Text("n", "2").Text("response_format", format), Path, ("x-request-id", "r1")))["x-mpilot-job-id"]!;
        var whole = (await _host.GetAsync($"/v1/jobs/{id}/result")).Text;

        var answer = await _host.GetAsync($"{Path}/{id}");

        answer.Status.ShouldBe(200);
        answer.Text.ShouldBe(
            $$"""
            {"id":"{{id}}","request_id":"r1","status":"completed","created_at":"2026-02-02T02:40:00Z","completed_at":"2026-02-02T02:40:00.211Z","expires_at":"2026-02-03T02:40:00.211Z","status_code":200,"result":{{whole}}}
            """);
    }

    [Fact]
    public async Task Get_WhenTheJobFailed_Answers200WithTheError()
    {
        _host.Jobs.Outcome = (_, _) => InstantJobs.Fail(FailureKind.RateLimited, 429);
        var id = (await _host.EditAsync(Form.Minimal(), Path))["x-mpilot-job-id"]!;

        var answer = await _host.GetAsync($"{Path}/{id}");

        (answer.Status, answer.Json.GetProperty("status").GetString(), answer.Json.GetProperty("status_code").GetInt32()).ShouldBe((200, "failed", 429));
        var error = answer.Json.GetProperty("error");
        error.GetProperty("is_bifrost_error").GetBoolean().ShouldBeFalse();
        error.GetProperty("error").GetProperty("code").GetString().ShouldBe("rate_limited");
        error.GetProperty("extra_fields").GetProperty("attempts").GetArrayLength().ShouldBe(1);
        answer.Json.TryGetProperty("result", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Get_WhenTheJobWasCanceled_IsFailedWith499()
    {
        _host.Jobs.Outcome = (_, _) => null;
        var id = (await _host.EditAsync(Form.Minimal(), Path))["x-mpilot-job-id"]!;
        await _host.SendAsync(HttpMethod.Post, $"/v1/jobs/{id}/cancel", null);
        await _host.Jobs.TellAsync(id, new JobFact.AttemptEnded(ManualTime.Start, 1, new AttemptOutcome.Canceled(), 0), CancellationToken.None);

        var answer = await _host.GetAsync($"{Path}/{id}");

        (answer.Status, answer.Json.GetProperty("status").GetString(), answer.Json.GetProperty("status_code").GetInt32()).ShouldBe((200, "failed", 499));
    }

    [Fact]
    public async Task Post_WhenStreamed_IsRefused()
    {
        var answer = await _host.EditAsync(Form.Minimal().Text("stream", "true"), Path);

        (answer.Status, answer.Code, answer.Param).ShouldBe((400, "unsupported_parameter", "stream"));
        answer.Json.GetProperty("error").GetProperty("message").GetString().ShouldBe("stream is not supported for async image edits");
        _host.Jobs.Submissions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("60", 60)]
    [InlineData("172800", 172_800)]
    [InlineData("999999999", 30 * 86_400)]
    [InlineData("0", 86_400)]
    [InlineData("-5", 86_400)]
    [InlineData("soon", 86_400)]
    [InlineData("1.5", 86_400)]
    [InlineData("99999999999999999999", 86_400)]
    public async Task Get_WhenATimeToLiveWasAsked_ExpiresThen(string header, int seconds)
    {
        var id = (await _host.EditAsync(Form.Minimal(), Path, ("x-bf-async-job-result-ttl", header)))["x-mpilot-job-id"]!;
        var end = _host.Store.Job(id).CompletedAt!.Value;

        var answer = await _host.GetAsync($"{Path}/{id}");

        answer.Json.GetProperty("expires_at").GetDateTimeOffset().ShouldBe(end.AddSeconds(seconds));
        (await _host.GetAsync($"/v1/jobs/{id}")).Json.GetProperty("expires_at").GetInt64().ShouldBe(end.AddSeconds(seconds).ToUnixTimeSeconds());
        _host.Time.Advance(end.AddSeconds(seconds) - _host.Time.GetUtcNow());
        var late = await _host.GetAsync($"{Path}/{id}");
        (late.Status, late.Json.GetProperty("error").GetProperty("message").GetString()).ShouldBe((404, "job not found or expired"));
    }

    [Fact]
    public async Task Post_WhenAKeyRepeats_ShowsTheSameJob()
    {
        var first = await _host.EditAsync(Form.Minimal(), Path, ("Idempotency-Key", "k"));

        var second = await _host.EditAsync(Form.Minimal(), Path, ("Idempotency-Key", "k"));

        (second.Status, second.Json.GetProperty("id").GetString()).ShouldBe((202, first["x-mpilot-job-id"]));
        _host.Store.Jobs.Length.ShouldBe(1);
    }

    [Fact]
    public async Task Post_WhenTheRequestIsWrong_SaysWhatTheEditWouldSay()
    {
        var answer = await _host.EditAsync(new Form().Text("n", "99"), Path);

        answer.Status.ShouldBe(400);
        answer.Json.GetProperty("error").GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("param").GetString()).ShouldBe(["model", "prompt", "image", "n"]);
    }

    [Fact]
    public async Task Get_WhenTheJobIsUnknownOrAnothers_Answers404()
    {
        var id = (await _host.EditAsync(Form.Minimal(), Path))["x-mpilot-job-id"]!;
        _host.Store.Put(_host.Store.Job(id) with { Tenant = "somebody" });

        (await _host.GetAsync($"{Path}/job_0")).Status.ShouldBe(404);
        (await _host.GetAsync($"{Path}/{id}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Get_WhenAPictureIsGone_Answers404()
    {
        var id = (await _host.EditAsync(Form.Minimal(), Path))["x-mpilot-job-id"]!;
        await _host.Artifacts.DeleteAsync(_host.Store.Job(id).Slots[0].Picture!.Artifact.Id, CancellationToken.None);

        (await _host.GetAsync($"{Path}/{id}")).Status.ShouldBe(404);
    }

    private static string Normal(string json) => Regex.Replace(json, "job_[0-9a-f]{32}", "job_1");
}
