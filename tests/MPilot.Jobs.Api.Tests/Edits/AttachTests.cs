using System.Net.Http.Headers;

using MPilot.Jobs.Api.Tests.Support;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Store;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Edits;

/// <summary>Requests that come again, with a key and without.</summary>
public sealed class AttachTests : IAsyncLifetime
{
    private static readonly (string Name, string Value) SecondTry = ("x-stainless-retry-count", "1");

    private static readonly (string Name, string Value) FirstTry = ("x-stainless-retry-count", "0");

    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    /// <summary>The caller of a job left, and the job succeeded. Which requests find it.</summary>
    [Theory]
    [InlineData("the same", true)]
    [InlineData("another boundary and order", true)]
    [InlineData("another request id", true)]
    [InlineData("another prompt", false)]
    [InlineData("another picture", false)]
    [InlineData("another name of the model", false)]
    [InlineData("a field more", false)]
    [InlineData("streamed", false)]
    [InlineData("another deadline by header", false)]
    [InlineData("raw bodies wanted", false)]
    [InlineData("with a key", false)]
    [InlineData("asynchronous", false)]
    [InlineData("with a wait", false)]
    [InlineData("Bifrost's", false)]
    [InlineData("sub2api's", false)]
    public async Task Edit_WhenTheCallerOfAnEarlierOneLeft_AttachesOnlyIfItIsTheSame(string request, bool attaches)
    {
        var left = await LeaveAsync();
        await FinishAsync(left);

        var answer = await SendAsync(request);

        answer.Status.ShouldBeInRange(200, 202, answer.Text);
        (answer["x-mpilot-job-id"] == left.Id).ShouldBe(attaches);
        answer["x-mpilot-replayed"].ShouldBeNull();
        _host.Store.Jobs.Length.ShouldBe(attaches ? 1 : 2);
        (await _host.GetAsync("/metrics")).Text.Contains("\nmpilot_jobs_attached_total 1\n", StringComparison.Ordinal).ShouldBe(attaches);
    }

    [Fact]
    public async Task Edit_WhenItsAnswerArrived_IsMadeAgain()
    {
        var first = await _host.EditAsync(Form.Minimal());
        await _host.Notes.FlushAsync(CancellationToken.None);

        var second = await _host.EditAsync(Form.Minimal(), SecondTry);

        _host.Store.AnswerOf(first["x-mpilot-job-id"]!).ShouldBe(AnswerStatus.Delivered);
        second["x-mpilot-job-id"].ShouldNotBe(first["x-mpilot-job-id"]);
    }

    [Fact]
    public async Task Edit_WhenTwoAlikeWait_AreTwoJobs()
    {
        _host.Jobs.Outcome = (_, _) => null;

        var edits = new[] { _host.EditAsync(Form.Minimal(), FirstTry), _host.EditAsync(Form.Minimal(), FirstTry) };
        await _host.Feed.WhenListenersAsync(2);

        _host.Store.Jobs.Length.ShouldBe(2);
        foreach (var job in _host.Store.Jobs)
        {
            await FinishAsync(job);
        }

        (await Task.WhenAll(edits)).Select(e => e["x-mpilot-job-id"]).ShouldBe(_host.Store.Jobs.Select(j => j.Id), ignoreOrder: true);
    }

    [Fact]
    public async Task Edit_WhenTheCallerSaysItAsksAgain_ListensBesideTheOther()
    {
        _host.Jobs.Outcome = (_, _) => null;
        var first = _host.EditAsync(Form.Minimal(), FirstTry);
        await _host.Feed.WhenListenersAsync(1);
        var second = _host.EditAsync(Form.Minimal(), SecondTry);
        await _host.Feed.WhenListenersAsync(2);

        await FinishAsync(_host.Store.Jobs.Single());

        (await second)["x-mpilot-job-id"].ShouldBe((await first)["x-mpilot-job-id"]);
    }

    [Fact]
    public async Task Edit_WhenTheCallerOfAStreamLeaves_IsFoundAgain()
    {
        _host.Jobs.Outcome = (_, _) => null;
        var form = Form.Minimal().Text("stream", "true").Text("partial_images", "1");
        var content = new ByteArrayContent(form.ToBytes());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(form.ContentType);
        var opening = _host.OpenAsync(HttpMethod.Post, "/v1/images/edits", content);
        await _host.Feed.Listened;
        var job = _host.Store.Jobs.Single();
        await _host.Jobs.PreviewAsync(job);
        (await opening).Dispose();
        await _host.Store.WhenAnswerIsAsync(job.Id, AnswerStatus.Orphaned);
        await FinishAsync(_host.Store.Job(job.Id));

        var again = await _host.EditAsync(Form.Minimal().Text("stream", "true").Text("partial_images", "1"));

        again["x-mpilot-job-id"].ShouldBe(job.Id);
        again.Text.ShouldContain("event: image_edit.completed");
    }

    [Fact]
    public async Task Edit_WhenTheJobFailed_ReplaysTheFailureForTenSeconds()
    {
        _host.Jobs.Outcome = (_, _) => InstantJobs.Fail(FailureKind.Transient, 500);
        var first = await _host.EditAsync(Form.Minimal());
        await _host.Notes.FlushAsync(CancellationToken.None);

        var second = await _host.EditAsync(Form.Minimal());
        _host.Time.Advance(TimeSpan.FromSeconds(11));
        var late = await _host.EditAsync(Form.Minimal());

        (first.Status, first.Code, first["x-mpilot-replayed"]).ShouldBe((502, "provider_error", null));
        (second.Status, second.Code, second["x-mpilot-replayed"]).ShouldBe((502, "provider_error", "true"));
        second["x-mpilot-job-id"].ShouldBe(first["x-mpilot-job-id"]);
        (late["x-mpilot-job-id"] == first["x-mpilot-job-id"], late["x-mpilot-replayed"]).ShouldBe((false, null));
    }

    [Fact]
    public async Task Edit_WhenTheLimitOfACallerThatRetriesIsReached_IsToldToAndFindsItsJob()
    {
        _host.Jobs.Outcome = (_, _) => null;
        var asking = _host.EditAsync(Form.Minimal(), FirstTry);
        await _host.Feed.Listened;

        var answer = await _host.Time.PumpUntilAsync(asking, TimeSpan.FromMinutes(1));

        (answer.Status, answer.Code, answer["x-should-retry"], answer["Retry-After"]).ShouldBe((504, "job_still_running", "true", "1"));
        _host.Time.GetUtcNow().ShouldBeInRange(ManualTime.Start.AddSeconds(280), ManualTime.Start.AddSeconds(285));
        var job = _host.Store.Jobs.Single();
        answer.Error.GetProperty("message").GetString()!.ShouldContain($"/v1/jobs/{job.Id}");
        await _host.Store.WhenAnswerIsAsync(job.Id, AnswerStatus.Orphaned);
        await FinishAsync(job);
        (await _host.EditAsync(Form.Minimal(), SecondTry))["x-mpilot-job-id"].ShouldBe(job.Id);
    }

    [Fact]
    public async Task Edit_WhenTheCallerDoesNotRetry_IsHeldPastTheLimit()
    {
        _host.Jobs.Outcome = (_, _) => null;
        var asking = _host.EditAsync(Form.Minimal());
        await _host.Feed.Listened;

        var answer = await _host.Time.PumpUntilAsync(asking, TimeSpan.FromMinutes(1));

        answer.Code.ShouldBe("job_still_running");
        _host.Time.GetUtcNow().ShouldBeGreaterThan(ManualTime.Start.AddMinutes(15));
    }

    [Fact]
    public async Task Edit_WhenAKeysJobFailedForAPassingReason_RunsAgain()
    {
        _host.Jobs.Outcome = (_, _) => InstantJobs.Fail(FailureKind.Transient, 500);
        var first = await _host.EditAsync(Form.Minimal(), ("Idempotency-Key", "order-1"));
        _host.Jobs.Outcome = null;

        var second = await _host.EditAsync(Form.Minimal(), ("Idempotency-Key", "order-1"));

        (first.Status, second.Status).ShouldBe((502, 200));
        second["x-mpilot-job-id"].ShouldNotBe(first["x-mpilot-job-id"]);
    }

    [Fact]
    public async Task Edit_WhenAKeysJobWasRefused_StaysRefused()
    {
        _host.Jobs.Outcome = (_, _) => InstantJobs.Fail(FailureKind.Refused, 400, "no");
        var first = await _host.EditAsync(Form.Minimal(), ("Idempotency-Key", "order-1"));
        _host.Jobs.Outcome = null;

        var second = await _host.EditAsync(Form.Minimal(), ("Idempotency-Key", "order-1"));

        (second.Status, second["x-mpilot-job-id"]).ShouldBe((400, first["x-mpilot-job-id"]));
    }

    [Fact]
    public async Task Edit_WhenAKeyCameWithABadRequest_IsNotBurnt()
    {
        (await _host.EditAsync(Form.Minimal().Text("n", "99"), ("Idempotency-Key", "order-1"))).Status.ShouldBe(400);

        (await _host.EditAsync(Form.Minimal(), ("Idempotency-Key", "order-1"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Edit_WhenNobodyKnewWhetherTheJobWasStored_FindsItWhenSentAgain()
    {
        _host.Jobs.AfterInsert = () => throw new StoreUnavailableException("The answer got lost.");
        (await _host.EditAsync(Form.Minimal())).Status.ShouldBe(503);
        _host.Jobs.AfterInsert = () => { };

        var again = await _host.EditAsync(Form.Minimal());

        again.Status.ShouldBe(200);
        again["x-mpilot-job-id"].ShouldBe(_host.Store.Jobs.ShouldHaveSingleItem().Id);
    }

    /// <summary>A job whose caller has gone.</summary>
    private async Task<JobState> LeaveAsync()
    {
        _host.Jobs.Outcome = (_, _) => null;
        var form = Form.Minimal();
        var body = form.ToBytes();
        using (var http = new RawHttp(_host.Address))
        {
            await http.WriteAsync(RawHttp.EditHead(_host.Address, form.ContentType, $"Content-Length: {body.Length}"));
            await http.WriteAsync(body);
            await _host.Feed.Listened;
        }

        var job = _host.Store.Jobs.Single();
        await _host.Store.WhenAnswerIsAsync(job.Id, AnswerStatus.Orphaned);
        return job;
    }

    private async Task FinishAsync(JobState job)
    {
        _host.Jobs.Outcome = null;
        var delivered = _host.Jobs.Deliver(job, job.Attempts[0]);
        await _host.Jobs.TellAsync(job.Id, new JobFact.AttemptEnded(_host.Time.GetUtcNow(), 1, delivered, 0), CancellationToken.None);
    }

    private Task<Answer> SendAsync(string request) => request switch
    {
        "another boundary and order" => _host.EditAsync(
            new Form("other").Picture("image[]", Png.Of()).Text("prompt", "make it blue").Text("model", "gpt-image-2")),
        "another request id" => _host.EditAsync(Form.Minimal(), ("x-request-id", "another"), ("X-Client-Request-Id", "another")),
        "another prompt" => _host.EditAsync(new Form().Text("model", "gpt-image-2").Text("prompt", "make it red").Picture("image", Png.Of())),
        "another picture" => _host.EditAsync(new Form().Text("model", "gpt-image-2").Text("prompt", "make it blue").Picture("image", Png.Of(9))),
        "another name of the model" => _host.EditAsync(Form.Minimal("gpt-image-1")),
        "a field more" => _host.EditAsync(Form.Minimal().Text("user", "somebody")),
        "streamed" => _host.EditAsync(Form.Minimal().Text("stream", "true")),
        "another deadline by header" => _host.EditAsync(Form.Minimal(), ("x-mpilot-deadline", "60")),
        "raw bodies wanted" => _host.EditAsync(Form.Minimal(), ("x-bf-send-back-raw-request", "true")),
        "with a key" => _host.EditAsync(Form.Minimal(), ("Idempotency-Key", "order-1")),
        "asynchronous" => _host.EditAsync(Form.Minimal(), ("Prefer", "respond-async")),
        "with a wait" => _host.EditAsync(Form.Minimal(), ("Prefer", "wait=5")),
        "Bifrost's" => _host.EditAsync(Form.Minimal(), "/v1/async/images/edits"),
        "sub2api's" => _host.EditAsync(Form.Minimal(), "/v1/images/edits/async"),
        _ => _host.EditAsync(Form.Minimal()),
    };
}
