using System.Text.RegularExpressions;

using MPilot.Jobs.Api.Tests.Support;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Jobs;

/// <summary>The resource of jobs: snapshot, result, cancel.</summary>
public sealed class JobTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Get_WhenTheJobSucceeded_ShowsTheFrozenSnapshot()
    {
        var id = (await _host.EditAsync(Form.Minimal().Text("metadata[shop]", "7"), ("x-request-id", "r1")))["x-mpilot-job-id"];

        var answer = await _host.GetAsync($"/v1/jobs/{id}");

        answer.Status.ShouldBe(200);
        Normal(answer.Text).ShouldBe(
            """
            {"id":"job_1","object":"image.edit.job","status":"succeeded","created_at":1770000000,"completed_at":1770000000,"expires_at":1770086400,"request_id":"r1","model":"gpt-image-2",
            "prompt":"make it blue","metadata":{"shop":"7"},"cancel_requested":false,"progress":{"completed":1,"failed":0,"total":1},
            "attempts":[{"attempt":1,"slots":[0],"provider":"openai","model":"gpt-image-2","outcome":"succeeded","latency":211}],
            "cost":{"amount":"0","currency":"USD","known":false},
            "status_code":200,"result_url":"http://host/v1/jobs/job_1/result","data":[{"url":"http://host/v1/artifacts/art_1?exp=1770086400&kid=kid_test&sig=SIG&index=0","index":0}]}
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public async Task Get_WhenTheJobFailed_ShowsItsError()
    {
        _host.Jobs.Outcome = (_, _) => InstantJobs.Fail(FailureKind.Refused, 400, "not this");
        var id = (await _host.EditAsync(Form.Minimal()))["x-mpilot-job-id"];

        var job = (await _host.GetAsync($"/v1/jobs/{id}")).Json;

        (job.GetProperty("status").GetString(), job.GetProperty("status_code").GetInt32()).ShouldBe(("failed", 400));
        job.GetProperty("error").GetRawText().ShouldBe("""{"type":"image_generation_user_error","code":"moderation_blocked","message":"not this"}""");
        job.TryGetProperty("data", out _).ShouldBeFalse();
        job.GetProperty("progress").GetRawText().ShouldBe("""{"completed":0,"failed":1,"total":1}""");
    }

    [Fact]
    public async Task Get_WhenTheJobRuns_ShowsWhatIsInFlight()
    {
        var job = (await _host.GetAsync($"/v1/jobs/{await RunningAsync()}")).Json;

        job.GetProperty("attempts")[0].GetProperty("outcome").GetString().ShouldBe("in_flight");
        job.TryGetProperty("completed_at", out _).ShouldBeFalse();
        job.TryGetProperty("result_url", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Get_WhenAskedToWait_AnswersAtTheEnd()
    {
        var id = await RunningAsync();
        var asking = _host.GetAsync($"/v1/jobs/{id}?wait=60");
        await _host.Feed.Listened;

        var job = _host.Store.Jobs.Single();
        await _host.Jobs.TellAsync(id, new JobFact.AttemptEnded(ManualTime.Start, 1, _host.Jobs.Deliver(job, job.Attempts[0]), 0), CancellationToken.None);

        (await asking).Json.GetProperty("status").GetString().ShouldBe("succeeded");
        _host.Time.GetUtcNow().ShouldBe(ManualTime.Start);
    }

    [Fact]
    public async Task Get_WhenTheWaitIsOver_ShowsTheJobAsItStands()
    {
        var id = await RunningAsync();

        var answer = await _host.Time.PumpUntilAsync(_host.GetAsync($"/v1/jobs/{id}?wait=10"), TimeSpan.FromMinutes(1));

        (answer.Status, answer.Json.GetProperty("status").GetString()).ShouldBe((200, "running"));
    }

    [Theory]
    [InlineData("61")]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("1.5")]
    public async Task Get_WhenTheWaitIsNoNumberInRange_IsRefused(string wait)
    {
        var answer = await _host.GetAsync($"/v1/jobs/job_x?wait={wait}");

        (answer.Status, answer.Code, answer.Param).ShouldBe((400, "invalid_value", "wait"));
    }

    [Fact]
    public async Task Get_WhenNothingChanged_Answers304()
    {
        var id = await RunningAsync();
        var tag = (await _host.GetAsync($"/v1/jobs/{id}"))["ETag"]!;

        (await _host.GetAsync($"/v1/jobs/{id}", ("If-None-Match", tag))).Status.ShouldBe(304);

        await _host.SendAsync(HttpMethod.Post, $"/v1/jobs/{id}/cancel", null);
        (await _host.GetAsync($"/v1/jobs/{id}", ("If-None-Match", tag))).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/result")]
    [InlineData("POST", "/cancel")]
    public async Task Any_WhenTheJobIsUnknown_Answers404(string method, string path)
    {
        var answer = await _host.SendAsync(new HttpMethod(method), $"/v1/jobs/job_0{path}", null);

        (answer.Status, answer.Code).ShouldBe((404, "not_found"));
    }

    [Fact]
    public async Task Any_WhenTheJobIsAnotherTenants_Answers404()
    {
        var id = await RunningAsync();
        _host.Store.Put(_host.Store.Jobs.Single() with { Tenant = "somebody" });

        (await _host.GetAsync($"/v1/jobs/{id}?wait=1")).Status.ShouldBe(404);
        (await _host.SendAsync(HttpMethod.Post, $"/v1/jobs/{id}/cancel", null)).Status.ShouldBe(404);
        _host.Store.Jobs.Single().CancelRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task Result_WhenTheJobSucceeded_IsTheSynchronousAnswer()
    {
        var first = await _host.EditAsync(Form.Minimal());

        var again = await _host.GetAsync($"/v1/jobs/{first["x-mpilot-job-id"]}/result");

        again.Status.ShouldBe(200);
        again.Body.ShouldBe(first.Body);
        again["x-mpilot-provider"].ShouldBe("openai");
    }

    [Fact]
    public async Task Result_WhenTheJobRuns_Answers202()
    {
        var answer = await _host.GetAsync($"/v1/jobs/{await RunningAsync()}/result");

        (answer.Status, answer["Retry-After"]).ShouldBe((202, "1"));
    }

    [Fact]
    public async Task Result_WhenTheJobFailed_IsItsError()
    {
        _host.Jobs.Outcome = (_, _) => InstantJobs.Fail(FailureKind.Quota, 402);
        var id = (await _host.EditAsync(Form.Minimal()))["x-mpilot-job-id"];

        var answer = await _host.GetAsync($"/v1/jobs/{id}/result");

        (answer.Status, answer.Code).ShouldBe((503, "upstream_quota_exhausted"));
    }

    [Fact]
    public async Task Result_WhenThePicturesExpired_Answers410()
    {
        var id = (await _host.EditAsync(Form.Minimal()))["x-mpilot-job-id"];
        var tag = (await _host.GetAsync($"/v1/jobs/{id}"))["ETag"]!;
        _host.Time.Advance(TimeSpan.FromHours(24) + InstantJobs.Latency);

        var answer = await _host.GetAsync($"/v1/jobs/{id}/result");

        (answer.Status, answer.Code).ShouldBe((410, "result_expired"));
        var snapshot = await _host.GetAsync($"/v1/jobs/{id}", ("If-None-Match", tag));
        snapshot.Json.TryGetProperty("data", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Result_WhenAPictureIsGone_Answers410()
    {
        var id = (await _host.EditAsync(Form.Minimal().Text("n", "2")))["x-mpilot-job-id"];
        await _host.Artifacts.DeleteAsync(_host.Store.Jobs.Single().Slots[1].Picture!.Artifact.Id, CancellationToken.None);

        (await _host.GetAsync($"/v1/jobs/{id}/result")).Code.ShouldBe("result_expired");
    }

    [Fact]
    public async Task Cancel_WhenAskedTwice_IsTheSame()
    {
        var id = await RunningAsync();

        for (var i = 0; i < 2; i++)
        {
            var answer = await _host.SendAsync(HttpMethod.Post, $"/v1/jobs/{id}/cancel", null);
            answer.Status.ShouldBe(202);
            answer.Json.GetProperty("cancel_requested").GetBoolean().ShouldBeTrue();
            answer.Json.GetProperty("status").GetString().ShouldBe("running");
        }
    }

    [Fact]
    public async Task Cancel_WhenTheJobIsFinal_LeavesItAsItIs()
    {
        var id = (await _host.EditAsync(Form.Minimal()))["x-mpilot-job-id"];

        var answer = await _host.SendAsync(HttpMethod.Post, $"/v1/jobs/{id}/cancel", null);

        (answer.Status, answer.Json.GetProperty("status").GetString(), answer.Json.GetProperty("cancel_requested").GetBoolean()).ShouldBe((202, "succeeded", false));
    }

    [Fact]
    public async Task Result_WhenTheJobWasCanceled_Answers499()
    {
        var id = await RunningAsync();
        await _host.SendAsync(HttpMethod.Post, $"/v1/jobs/{id}/cancel", null);
        await _host.Jobs.TellAsync(
            id, new JobFact.AttemptEnded(ManualTime.Start, 1, new MPilot.Jobs.Domain.Attempts.AttemptOutcome.Canceled(), 0), CancellationToken.None);

        var answer = await _host.GetAsync($"/v1/jobs/{id}/result");

        (answer.Status, answer.Code).ShouldBe((499, "canceled"));
        (await _host.GetAsync($"/v1/jobs/{id}")).Json.GetProperty("status").GetString().ShouldBe("canceled");
    }

    private async Task<string> RunningAsync()
    {
        _host.Jobs.Outcome = (_, _) => null;
        return (await _host.EditAsync(Form.Minimal(), ("Prefer", "respond-async")))["x-mpilot-job-id"]!;
    }

    private string Normal(string json)
    {
        var text = json.Replace(_host.Address.GetLeftPart(UriPartial.Authority), "http://host", StringComparison.Ordinal);
        text = Regex.Replace(text, "(?<kind>job|art)_[0-9a-f]{32}", "${kind}_1");
        return Regex.Replace(text, "sig=[A-Za-z0-9_-]{43}", "sig=SIG");
    }
}
