using System.Text.Json;

using MPilot.Jobs.Api.Tests.Support;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine.Webhooks;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Webhooks;

/// <summary>Edits that say whom to tell, and what those are told.</summary>
public sealed class EditWebhookTests : IAsyncLifetime
{
    private const string Bifrost = "/v1/async/images/edits";
    private const string Url = "https://shop.example/hook";

    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync(o => o.Http.PublicBaseUrl = new("https://edits.example/base"));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Edit_WhenThereIsNoSecret_RefusesTheUrlByName()
    {
        var answer = await _host.EditAsync(Form.Minimal().Text("webhook_url", Url).Text("n", "99"));

        answer.Mistakes.ShouldBe(["invalid_value:n", "invalid_value:webhook_url"]);
        _host.Jobs.Submissions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://shop.example/")]
    [InlineData("https://u@shop.example/")]
    [InlineData("https://10.0.0.1/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("shop")]
    public async Task Edit_WhenTheUrlMayNotBeCalled_RefusesItByName(string url)
    {
        await _host.PostJsonAsync("/v1/webhooks/secret");

        var answer = await _host.EditAsync(Form.Minimal().Text("webhook_url", url));

        (answer.Status, answer.Mistakes.Single()).ShouldBe((400, "invalid_value:webhook_url"));
        answer.Text.ShouldNotContain(url);
    }

    [Fact]
    public async Task Edit_WhenTheUrlIsGood_TheEndIsToldThere()
    {
        await _host.PostJsonAsync("/v1/webhooks/secret");

        var answer = await _host.EditAsync(Form.Minimal().Text("webhook_url", Url));

        answer.Status.ShouldBe(200);
        _host.Submitted.Webhook.ShouldBe(new() { Url = Url });
        var delivery = _host.Store.Deliveries.Single();
        (delivery.Url, delivery.Endpoint, delivery.Event, delivery.Job).ShouldBe((Url, null, "job.succeeded", answer["x-mpilot-job-id"]));
    }

    [Fact]
    public async Task Edit_WhenTheUrlIsInJson_IsTheSame()
    {
        await _host.PostJsonAsync("/v1/webhooks/secret");

        var picture = $"data:image/png;base64,{Convert.ToBase64String(Png.Of())}";
        var answer = await _host.JsonAsync($$"""{"model":"gpt-image-2","prompt":"p","image":"{{picture}}","webhook_url":"{{Url}}"}""");

        answer.Status.ShouldBe(200, answer.Text);
        _host.Store.Deliveries.Single().Url.ShouldBe(Url);
    }

    [Fact]
    public async Task Repeat_WhenTheKeyIsTheSameButNotTheUrl_IsAnotherRequest()
    {
        await _host.PostJsonAsync("/v1/webhooks/secret");
        var key = ("Idempotency-Key", "k");

        (await _host.EditAsync(Form.Minimal().Text("webhook_url", Url), key)).Status.ShouldBe(200);

        (await _host.EditAsync(Form.Minimal().Text("webhook_url", Url), key)).Status.ShouldBe(200);
        (await _host.EditAsync(Form.Minimal().Text("webhook_url", Url + "2"), key)).Code.ShouldBe("idempotency_key_reused");
        _host.Store.Deliveries.Length.ShouldBe(1);
    }

    [Fact]
    public async Task Bifrost_WhenItNamesAnEndpoint_ThatIsToldInItsWords()
    {
        var id = await RegisterAsync("shop", namedOnly: true);
        var completed = await _host.EditAsync(Form.Minimal(), Bifrost, ("x-bf-async-webhook", "shop"));
        _host.Jobs.Outcome = (_, _) => InstantJobs.Fail(FailureKind.Refused);
        var failed = await _host.EditAsync(Form.Minimal(), Bifrost, ("x-bf-async-webhook", "shop"));
        await _host.EditAsync(Form.Minimal(), Bifrost);

        var deliveries = _host.Store.Deliveries.ToDictionary(d => d.Job!);
        deliveries.Count.ShouldBe(2, "the third names nobody");
        deliveries.Values.ShouldAllBe(d => d.Endpoint == id && d.Format == DeliveryFormat.Bifrost);
        var job = completed["x-mpilot-job-id"]!;
        Text(deliveries[job]).ShouldBe(
            """{"event":"async_job.completed","created_at":"2026-02-02T02:40:00.211Z","data":{"job_id":"JOB","request_type":"image_edit","status":"completed","status_code":200,"result_url":"/v1/async/images/edits/JOB","result_expires_at":"2026-02-03T02:40:00.211Z"}}"""
                .Replace("JOB", job, StringComparison.Ordinal));
        var other = Json(deliveries[failed["x-mpilot-job-id"]!]);
        (other.GetProperty("event").GetString(), other.GetProperty("data").GetProperty("status_code").GetInt32()).ShouldBe(("async_job.failed", 400));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("off")]
    [InlineData("foreign")]
    public async Task Bifrost_WhenItNamesNoEnabledEndpoint_IsRefused(string name)
    {
        var off = await RegisterAsync("off");
        await _host.PostJsonAsync($"/v1/webhooks/endpoints/{off}/disable");
        var foreign = (await _host.Store.FindNamedAsync("default", "off", default))! with { Id = "whe_9", Tenant = "somebody", Name = "foreign", DisabledAt = null };
        await _host.Store.AddAsync(foreign, "whsec_x", 9, default);

        var answer = await _host.EditAsync(Form.Minimal(), Bifrost, ("x-bf-async-webhook", name));

        (answer.Status, answer.Code, answer.Param).ShouldBe((400, "invalid_value", "x-bf-async-webhook"));
    }

    [Fact]
    public async Task Bifrost_WhenTheEndpointDidNotSubscribe_NobodyIsTold()
    {
        await RegisterAsync("failures", events: """["job.failed"]""");

        (await _host.EditAsync(Form.Minimal(), Bifrost, ("x-bf-async-webhook", "failures"))).Status.ShouldBe(202);

        _host.Store.Deliveries.ShouldBeEmpty();
    }

    [Fact]
    public async Task Body_WhenAJobEnded_IsItsSnapshotWithoutThePromptAndWithPublicLinks()
    {
        await RegisterAsync("shop");
        var job = (await _host.EditAsync(Form.Minimal().Text("metadata[order]", "7")))["x-mpilot-job-id"]!;
        var snapshot = (await _host.GetAsync($"/v1/jobs/{job}")).Text;

        var body = Text(_host.Store.Deliveries.Single());

        snapshot.ShouldContain("\"prompt\":\"make it blue\",");
        body.ShouldBe(
            "{\"type\":\"job.succeeded\",\"timestamp\":\"2026-02-02T02:40:00.211Z\",\"sequence\":5,\"data\":" + snapshot.Replace("\"prompt\":\"make it blue\",", "", StringComparison.Ordinal) + "}");
        Json(_host.Store.Deliveries.Single()).GetProperty("data").GetProperty("data")[0].GetProperty("url").GetString()!.ShouldStartWith("https://edits.example/base/v1/artifacts/");
    }

    [Fact]
    public async Task Body_WhenEverythingIsAsLargeAsItMayBe_StaysBelow20KB()
    {
        await RegisterAsync("shop");
        var wide = string.Concat(Enumerable.Repeat("€", 512));
        var form = Form.Minimal("openai/no-seed").Text("n", "10").Text("seed", "1");
        for (var i = 0; i < 16; i++)
        {
            form = form.Text($"metadata[{i}]", wide);
        }

        (await _host.EditAsync(form)).Status.ShouldBe(200);

        var body = _host.Bodies.Write(_host.Store.Deliveries.Single(), _host.Store.Jobs.Single(), [], null);
        body.Length.ShouldBeLessThan(20_000);
        var read = JsonDocument.Parse(body).RootElement;
        read.GetProperty("omitted").EnumerateArray().Select(o => o.GetString()).ShouldBe(["warnings", "attempts", "metadata"]);
        read.GetProperty("data").GetProperty("data").GetArrayLength().ShouldBe(10);
        read.GetProperty("data").GetProperty("id").GetString().ShouldBe(_host.Store.Jobs.Single().Id);
    }

    [Fact]
    public async Task Body_WhenItIsAboutADeliveryOrNothing_SaysWhich()
    {
        var id = await RegisterAsync("shop");
        await _host.EditAsync(Form.Minimal());
        var given = _host.Store.Deliveries.Single() with { Status = DeliveryStatus.Exhausted, Outcome = DeliveryOutcome.TimedOut, Attempts = 8 };
        var endpoint = (await _host.Store.FindNamedAsync("default", "shop", default))!;
        var test = DeliveryPlan.Test(endpoint, ManualTime.Start);
        var notice = DeliveryPlan.Of(given with { Endpoint = null }, [endpoint with { Events = ["webhook.exhausted"] }], ManualTime.Start).Single();

        Text(test).ShouldBe("{\"type\":\"webhook.test\",\"timestamp\":\"2026-02-02T02:40:00Z\",\"data\":{\"endpoint\":\"" + id + "\"}}");
        var about = JsonDocument.Parse(_host.Bodies.Write(notice, null, [], given)).RootElement;
        about.GetProperty("type").GetString().ShouldBe("webhook.exhausted");
        (about.GetProperty("data").GetProperty("id").GetString(), about.GetProperty("data").GetProperty("status").GetString(), about.GetProperty("data").GetProperty("outcome").GetString())
            .ShouldBe((given.Id, "exhausted", "timed_out"));
    }

    private async Task<string> RegisterAsync(string name, bool namedOnly = false, string? events = null)
    {
        var json = $$"""{"url":"{{Url}}","name":"{{name}}","named_only":{{(namedOnly ? "true" : "false")}},"events":{{events ?? "null"}}}""";
        var answer = await _host.PostJsonAsync("/v1/webhooks/endpoints", json);
        answer.Status.ShouldBe(201, answer.Text);
        return answer.Json.GetProperty("id").GetString()!;
    }

    private string Text(Delivery delivery)
        => System.Text.Encoding.UTF8.GetString(_host.Bodies.Write(delivery, delivery.Job is { } job ? _host.Store.Job(job) : null, _host.Store.Puts, null));

    private JsonElement Json(Delivery delivery) => JsonDocument.Parse(Text(delivery)).RootElement;
}
