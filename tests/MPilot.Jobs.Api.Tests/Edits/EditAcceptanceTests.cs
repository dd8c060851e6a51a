using MPilot.Jobs.Api.Tests.Support;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Gates;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Edits;

/// <summary>Accepting, attaching, waiting and leaving.</summary>
public sealed class EditAcceptanceTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Edit_WhenTheLineIsFull_Answers503BeforeAnythingIsAccepted()
    {
        _host.Gates.Admission = new GateAdmission.Overloaded(TimeSpan.FromSeconds(17.2));

        var answer = await _host.EditAsync(Form.Minimal());

        (answer.Status, answer["Retry-After"], answer["x-should-retry"]).ShouldBe((503, "18", null));
        answer.Json.GetProperty("error").GetProperty("code").GetString().ShouldBe("overloaded");
        (_host.Jobs.Submissions.Count, _host.Store.Jobs.Length).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Edit_WhenTheLineIsFull_StillAnswersTheHolderOfAKey()
    {
        (await _host.EditAsync(Form.Minimal(), ("Idempotency-Key", "k"))).Status.ShouldBe(200);
        _host.Gates.Admission = new GateAdmission.Overloaded(TimeSpan.FromSeconds(1));

        (await _host.EditAsync(Form.Minimal(), ("Idempotency-Key", "k"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Edit_WhenAsyncIsPreferred_Answers202()
    {
        _host.Jobs.Outcome = (_, _) => null;

        var answer = await _host.EditAsync(Form.Minimal(), ("Prefer", "respond-async"));

        answer.Status.ShouldBe(202);
        var id = answer.Json.GetProperty("id").GetString();
        answer.Json.GetProperty("status").GetString().ShouldBe("running");
        (answer["Location"], answer["Retry-After"], answer["Preference-Applied"]).ShouldBe(($"/v1/jobs/{id}", "1", "respond-async"));
        answer["x-mpilot-job-id"].ShouldBe(id);
        _host.Submitted.Deadline.ShouldBe(ManualTime.Start.AddHours(24));
    }

    [Theory]
    [InlineData("wait=30", "wait=30")]
    [InlineData("respond-async, wait=30", "respond-async, wait=30")]
    [InlineData("foo; bar=\"respond-async\", WAIT = \"30\"; x, wait=5", "wait=30")]
    public async Task Edit_WhenAWaitIsPreferred_Answers202AfterIt(string prefer, string applied)
    {
        _host.Jobs.Outcome = (_, _) => null;

        var asking = _host.EditAsync(Form.Minimal(), ("Prefer", prefer));
        await _host.Feed.Listened;
        var answer = await _host.Time.PumpUntilAsync(asking, TimeSpan.FromMinutes(1));

        (answer.Status, answer["Preference-Applied"]).ShouldBe((202, applied));
        _host.Time.GetUtcNow().ShouldBeGreaterThanOrEqualTo(ManualTime.Start.AddSeconds(30));
    }

    [Fact]
    public async Task Edit_WhenTheJobEndsWithinTheWait_AnswersThePicture()
    {
        var answer = await _host.EditAsync(Form.Minimal(), ("Prefer", "wait=30"));

        (answer.Status, answer["Preference-Applied"]).ShouldBe((200, "wait=30"));
    }

    [Theory]
    [InlineData("respond-asynchronously")]
    [InlineData("x-respond-async")]
    [InlineData("wait=soon")]
    [InlineData("foo=\"wait\"")]
    [InlineData("foo=\"a, respond-async, b\"")]
    [InlineData("foo; bar=\"\\\",respond-async,\"")]
    public async Task Edit_WhenAPreferenceIsUnknown_IgnoresIt(string prefer)
    {
        var answer = await _host.EditAsync(Form.Minimal(), ("Prefer", prefer));

        (answer.Status, answer["Preference-Applied"]).ShouldBe((200, null));
    }

    [Fact]
    public async Task Edit_WhenTheJobEndsLater_AnswersThen()
    {
        _host.Jobs.Outcome = (_, _) => null;
        var asking = _host.EditAsync(Form.Minimal());
        await _host.Feed.Listened;
        asking.IsCompleted.ShouldBeFalse();

        var job = _host.Store.Jobs.Single();
        var delivered = _host.Jobs.Deliver(job, job.Attempts[0]);
        await _host.Jobs.TellAsync(job.Id, new JobFact.AttemptEnded(ManualTime.Start, 1, delivered, 0), CancellationToken.None);

        (await asking).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Edit_WhenTheJobOutlivesItsDeadline_SaysItStillRuns()
    {
        _host.Jobs.Outcome = (_, _) => null;
        var asking = _host.EditAsync(Form.Minimal().Text("deadline", "5"));
        await _host.Feed.Listened;

        var answer = await _host.Time.PumpUntilAsync(asking, TimeSpan.FromMinutes(1));

        (answer.Status, answer.Code, answer["x-should-retry"], answer["Retry-After"]).ShouldBe((504, "job_still_running", "true", "1"));
        answer.Error.GetProperty("message").GetString()!.ShouldContain($"/v1/jobs/{_host.Store.Jobs.Single().Id}");
    }

    [Fact]
    public async Task Edit_WhenTheClientLeaves_LetsTheJobGoOn()
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
        job.CancelRequested.ShouldBeFalse();
        _host.Jobs.Outcome = null;
        await _host.Jobs.TellAsync(job.Id, new JobFact.AttemptEnded(ManualTime.Start, 1, _host.Jobs.Deliver(job, job.Attempts[0]), 0), CancellationToken.None);
        (await _host.GetAsync($"/v1/jobs/{job.Id}/result")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Edit_WhenAKeyRepeats_AttachesToItsJob()
    {
        var first = await _host.EditAsync(Form.Minimal(), ("Idempotency-Key", "order-1"));
        var stored = _host.Artifacts.Bytes.Count;

        var second = await _host.EditAsync(new Form("other").Picture("image", Png.Of()).Text("prompt", "make it blue").Text("model", "openai/gpt-image-2"), ("Idempotency-Key", "order-1"));

        second.Status.ShouldBe(200);
        second["x-mpilot-job-id"].ShouldBe(first["x-mpilot-job-id"]);
        second.Body.ShouldBe(first.Body);
        _host.Artifacts.Bytes.Count.ShouldBe(stored);
        _host.Jobs.Submissions.Count.ShouldBe(1);
        _host.Jobs.Submissions[0].Key!.ExpiresAt.ShouldBe(ManualTime.Start.AddHours(24));
    }

    [Fact]
    public async Task Edit_WhenAKeyComesWithOtherContent_Answers422()
    {
        await _host.EditAsync(Form.Minimal(), ("Idempotency-Key", "order-1"));
        var stored = _host.Artifacts.Bytes.Count;

        var answer = await _host.EditAsync(Form.Minimal().Text("seed", "1"), ("Idempotency-Key", "order-1"));

        (answer.Status, answer.Code, answer["x-should-retry"]).ShouldBe((422, "idempotency_key_reused", "false"));
        _host.Artifacts.Bytes.Count.ShouldBe(stored);
    }

    [Theory]
    [InlineData(255, 200)]
    [InlineData(256, 400)]
    public async Task Edit_WhenAKeyIsLong_EndsAtItsLimit(int length, int status)
        => (await _host.EditAsync(Form.Minimal(), ("Idempotency-Key", new string('k', length)))).Status.ShouldBe(status);

    [Fact]
    public async Task Edit_WhenAKeyHasBlanks_IsRefused()
    {
        var answer = await _host.EditAsync(Form.Minimal(), ("Idempotency-Key", "a b"));

        answer.Mistakes.ShouldBe(["invalid_value:Idempotency-Key"]);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Edit_WhenNothingCanBeStored_Answers503(bool isFull, bool isAway)
    {
        _host.Artifacts.IsFull = isFull;
        _host.Store.IsAway = isAway;

        var answer = await _host.EditAsync(Form.Minimal());

        (answer.Status, answer.Code, answer["Retry-After"], answer["x-should-retry"]).ShouldBe((503, "overloaded", "5", null));
        answer.Json.GetProperty("is_bifrost_error").GetBoolean().ShouldBeTrue();
        answer["x-request-id"].ShouldStartWith("req_");
        _host.Artifacts.OpenWriters.ShouldBe(0);
    }

    [Fact]
    public async Task Edit_WhenTheStoreGoesAwayAfterAcceptance_WaitsForIt()
    {
        _host.Jobs.Outcome = (job, attempt) =>
        {
            _host.Store.IsAway = true;
            return _host.Jobs.Deliver(job, attempt);
        };

        var asking = _host.EditAsync(Form.Minimal());
        await _host.Feed.Listened;
        _host.Store.IsAway = false;
        var answer = await _host.Time.PumpUntilAsync(asking, TimeSpan.FromMinutes(1));

        answer.Status.ShouldBe(200);
    }
}
