using System.Text.Json;

using MPilot.Jobs.Api.Tests.Support;
using MPilot.Jobs.Domain.Buckets;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine.Buckets;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Edits;

/// <summary>Edits whose pictures are to be brought to a bucket of the caller.</summary>
public sealed class OutputUrlTests : IAsyncLifetime
{
    private const string Field = "output_url";
    private const string Secret = "s3cr3t-signature";
    private const string Url = $"https://pictures.s3.example/a%2Fb.png?X-Amz-Signature={Secret}";

    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Edit_WhenItHasAUrl_OwesThePictureThere()
    {
        var answer = await _host.EditAsync(Form.Minimal().Text(Field, Url));

        answer.Status.ShouldBe(200, answer.Text);
        var put = _host.Store.Puts.Single();
        (put.Job, put.Slot, put.Url, put.Status).ShouldBe((answer["x-mpilot-job-id"], 0, Url, BucketPutStatus.Pending));
    }

    public static TheoryData<string, (string Name, string Value)[]> Shapes { get; } = new()
    {
        { "repeated", [(Field, Of(0)), (Field, Of(1)), (Field, Of(2))] },
        { "brackets", [(Field + "[]", Of(0)), (Field + "[]", Of(1)), (Field + "[]", Of(2))] },
        { "numbers", [(Field + "[2]", Of(2)), (Field + "[0]", Of(0)), (Field + "[1]", Of(1))] },
        { "json", [(Field, $"""["{Of(0)}", "{Of(1)}", "{Of(2)}"]""")] },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Edit_WhenThereAreSeveralPictures_EachHasItsUrl(string shape, (string Name, string Value)[] fields)
    {
        var form = fields.Aggregate(Form.Minimal().Text("n", "3"), (f, field) => f.Text(field.Name, field.Value));

        (await _host.EditAsync(form)).Status.ShouldBe(200, shape);

        _host.Store.Puts.Select(p => p.Url).ShouldBe([Of(0), Of(1), Of(2)]);
    }

    [Theory]
    [InlineData(1, "\"https://b.example/0\"")]
    [InlineData(1, "[\"https://b.example/0\"]")]
    [InlineData(2, "[\"https://b.example/0\",\"https://b.example/1\"]")]
    public async Task Edit_WhenItIsJson_IsTheSame(int count, string urls)
    {
        var answer = await JsonAsync(count, urls);

        answer.Status.ShouldBe(200, answer.Text);
        _host.Store.Puts.Select(p => p.Url).ShouldBe(Enumerable.Range(0, count).Select(Of));
    }

    [Theory]
    [InlineData(1, "[\"https://b.example/0\", 7]")]
    [InlineData(1, "[[\"https://b.example/0\"]]")]
    [InlineData(1, "{\"url\":\"https://b.example/0\"}")]
    [InlineData(1, "7")]
    [InlineData(1, "[]")]
    [InlineData(2, "\"https://b.example/0\"")]
    [InlineData(2, "[\"https://b.example/0\",\"https://b.example/0\"]")]
    [InlineData(2, "[\"https://b.example/0\",\"\"]")]
    [InlineData(2, "[\"https://b.example/0\",\"http://b.example/1\"]")]
    public async Task Edit_WhenTheArrayIsNoList_IsRefusedByName(int count, string urls)
    {
        var answer = await JsonAsync(count, urls);

        (answer.Status, answer.Mistakes.Single()).ShouldBe((400, "invalid_value:output_url"));
        _host.Jobs.Submissions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://b.example/?sig=SECRET")]
    [InlineData("https://u:SECRET@b.example/")]
    [InlineData("https://10.0.0.1/?sig=SECRET")]
    [InlineData("https://[::ffff:169.254.169.254]/?sig=SECRET")]
    [InlineData("file:///etc/SECRET")]
    [InlineData("SECRET")]
    [InlineData("[SECRET")]
    public async Task Edit_WhenTheUrlMayNotBeCalled_IsRefusedByNameAndNotShown(string url)
    {
        var answer = await _host.EditAsync(Form.Minimal().Text(Field, url));

        (answer.Status, answer.Mistakes.Single()).ShouldBe((400, "invalid_value:output_url"));
        answer.Text.ShouldNotContain("SECRET");
    }

    [Fact]
    public async Task Edit_WhenTheUrlIsLong_TakesEightThousandCharactersAndNoMore()
    {
        var most = "https://b.example/?sig=".PadRight(8192, 'a');

        (await _host.EditAsync(Form.Minimal().Text(Field, most))).Status.ShouldBe(200);
        (await _host.EditAsync(Form.Minimal().Text(Field, most + "a"))).Mistakes.ShouldBe(["invalid_value:output_url"]);
    }

    [Fact]
    public async Task Edit_WhenPicturesAndUrlsDoNotMatch_SaysHowMany()
    {
        var answer = await _host.EditAsync(Form.Minimal().Text("n", "3").Text(Field, Of(0)).Text(Field, Of(1)));

        answer.Mistakes.ShouldBe(["invalid_value:output_url"]);
        answer.Text.ShouldContain("n is 3, got 2");
    }

    [Fact]
    public async Task Repeat_WhenTheKeyIsTheSameButNotTheUrl_IsAnotherRequest()
    {
        var key = ("Idempotency-Key", "k");

        (await _host.EditAsync(Form.Minimal().Text(Field, Url), key)).Status.ShouldBe(200);
        (await _host.EditAsync(Form.Minimal().Text(Field, Url), key)).Status.ShouldBe(200);
        (await _host.EditAsync(Form.Minimal().Text(Field, Url + "2"), key)).Code.ShouldBe("idempotency_key_reused");

        _host.Store.Puts.Length.ShouldBe(1);
    }

    [Fact]
    public async Task Snapshot_WhenThePictureIsOnItsWay_SaysHowItFares()
    {
        var job = (await _host.EditAsync(Form.Minimal().Text("n", "2").Text(Field, Of(0)).Text(Field, Of(1))))["x-mpilot-job-id"]!;
        var before = await _host.GetAsync($"/v1/jobs/{job}");
        Outputs(before).ShouldBe(["""{"status":"pending","attempts":0}""", """{"status":"pending","attempts":0}"""]);

        await RecordAsync(0, DeliveryOutcome.Accepted, BucketPutStatus.Delivered);
        await RecordAsync(1, DeliveryOutcome.TimedOut, BucketPutStatus.Pending);
        var amid = await _host.GetAsync($"/v1/jobs/{job}", ("If-None-Match", before["ETag"]!));
        Outputs(amid).ShouldBe(["""{"status":"delivered","attempts":1}""", """{"status":"pending","attempts":1,"reason":"timed_out"}"""]);

        await RecordAsync(1, DeliveryOutcome.Rejected, BucketPutStatus.Failed, code: 403);
        var after = await _host.GetAsync($"/v1/jobs/{job}", ("If-None-Match", amid["ETag"]!));
        Outputs(after).ShouldBe(["""{"status":"delivered","attempts":1}""", """{"status":"failed","attempts":2,"reason":"rejected"}"""]);
        after.Json.GetProperty("status").GetString().ShouldBe("succeeded");
        (await _host.GetAsync($"/v1/jobs/{job}", ("If-None-Match", after["ETag"]!))).Status.ShouldBe(304);
        Outputs(await _host.PostJsonAsync($"/v1/jobs/{job}/cancel")).ShouldBe(Outputs(after));
    }

    [Fact]
    public async Task Async_WhenTheJobEndedAtOnce_SaysHowItFares()
    {
        var answer = await _host.EditAsync(Form.Minimal().Text(Field, Url), ("Prefer", "respond-async"));

        answer.Status.ShouldBe(202);
        Outputs(answer).ShouldBe(["""{"status":"pending","attempts":0}"""]);
    }

    [Fact]
    public async Task Snapshot_WhenASlotIsEmpty_SpeaksOfTheOtherAlone()
    {
        _host.Jobs.Outcome = (state, _) => _host.Jobs.Deliver(state, [1]);
        var job = (await _host.EditAsync(Form.Minimal().Text("n", "2").Text(Field, Of(0)).Text(Field, Of(1))))["x-mpilot-job-id"];

        var picture = (await _host.GetAsync($"/v1/jobs/{job}")).Json.GetProperty("data").EnumerateArray().Single();

        (picture.GetProperty("index").GetInt32(), picture.GetProperty("output").GetProperty("status").GetString()).ShouldBe((1, "pending"));
        _host.Store.Puts.Single().Url.ShouldBe(Of(1));
    }

    [Fact]
    public async Task Edit_WhenItFails_OwesNothing()
    {
        _host.Jobs.Outcome = (_, _) => InstantJobs.Fail(FailureKind.Refused);

        (await _host.EditAsync(Form.Minimal().Text(Field, Url))).Status.ShouldBe(400);

        _host.Store.Puts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Webhook_WhenThePictureArrived_HearsOfItWithTheJob()
    {
        await _host.PostJsonAsync("/v1/webhooks/secret");
        var job = (await _host.EditAsync(Form.Minimal().Text(Field, Url).Text("webhook_url", "https://shop.example/hook")))["x-mpilot-job-id"];
        Body("job.succeeded").GetProperty("data").GetProperty("data")[0].GetProperty("output").GetProperty("status").GetString().ShouldBe("pending");

        await RecordAsync(0, DeliveryOutcome.Accepted, BucketPutStatus.Delivered);

        var body = Body("job.output_delivered");
        body.GetProperty("data").GetProperty("id").GetString().ShouldBe(job);
        body.GetProperty("data").GetProperty("data")[0].GetProperty("output").GetRawText().ShouldBe("""{"status":"delivered","attempts":1}""");
        body.GetProperty("sequence").GetInt64().ShouldBe(_host.Store.Job(job!).LastEvent + 1);
    }

    [Fact]
    public async Task Url_WhenThePictureIsOnItsWay_IsShownNowhere()
    {
        await _host.PostJsonAsync("/v1/webhooks/secret");
        var form = Form.Minimal().Text(Field, Url).Text("webhook_url", "https://shop.example/hook");
        var answer = await _host.EditAsync(form);
        var job = answer["x-mpilot-job-id"]!;

        var shown = new List<string>
        {
            answer.Text,
            (await _host.GetAsync($"/v1/jobs/{job}")).Text,
            (await _host.GetAsync("/v1/jobs")).Text,
            (await _host.GetAsync($"/v1/jobs/{job}/result")).Text,
            (await _host.GetAsync($"/v1/jobs/{job}/events?images=link")).Text,
            (await _host.GetAsync("/v1/webhooks/deliveries")).Text,
            Body("job.succeeded").GetRawText(),
            JsonSerializer.Serialize(_host.Store.Job(job)),
            JsonSerializer.Serialize<IEnumerable<JobEvent>>(_host.Store.EventsOf(job)),
            $"{_host.Store.Job(job)} {_host.Submitted} {_host.Jobs.Submissions[^1]} {_host.Store.Puts[0]}",
        };

        shown.ShouldAllBe(text => text.Length > 0 && !text.Contains(Secret) && !text.Contains("pictures.s3"));
        (await _host.GetAsync("/v1/jobs")).Json.GetProperty("data")[0].GetProperty("data")[0].TryGetProperty("output", out _).ShouldBeFalse();
    }

    private static string Of(int slot) => $"https://b.example/{slot}";

    private static IEnumerable<string> Outputs(Answer answer)
        => answer.Json.GetProperty("data").EnumerateArray().Select(p => p.GetProperty("output").GetRawText());

    private Task<Answer> JsonAsync(int count, string urls)
    {
        var picture = $"data:image/png;base64,{Convert.ToBase64String(Png.Of())}";
        return _host.JsonAsync($$"""{"model":"gpt-image-2","prompt":"p","image":"{{picture}}","n":{{count}},"output_url":{{urls}}}""");
    }

    private JsonElement Body(string name)
    {
        var delivery = _host.Store.Deliveries.Single(d => d.Event == name);
        return JsonDocument.Parse(_host.Bodies.Write(delivery, _host.Store.Job(delivery.Job!), _host.Store.Puts, null)).RootElement;
    }

    /// <summary>What the one who brings pictures does.</summary>
    private async Task RecordAsync(int slot, DeliveryOutcome outcome, BucketPutStatus status, int code = 200)
    {
        IBucketPuts puts = _host.Store;
        var now = _host.Time.GetUtcNow();
        var epoch = await _host.Store.RegisterAsync("node_test", now.AddHours(1), expireOthers: true, default);
        await puts.ReleaseOrphanedAsync(default);
        var put = (await puts.ClaimAsync(new(_host.Store.Puts[slot].Target, "node_test", epoch, now.AddSeconds(1), 10), default)).Single(p => p.Slot == slot);
        var move = new BucketMove(status, status == BucketPutStatus.Pending ? now : null);
        (await puts.RecordAsync(new(put, "node_test", epoch, new(now, TimeSpan.Zero, outcome, code), move), default)).ShouldBeTrue();
    }
}
