using System.Globalization;
using System.Text.RegularExpressions;

using MPilot.Jobs.Api.Tests.Support;
using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Money;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Edits;

/// <summary>The answer of an edit: its shape is a contract.</summary>
public sealed class EditAnswerTests : IAsyncLifetime
{
    private static readonly Usage Counted = new(323, 310, 13, 4160, 4160, 0, 4483);

    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Edit_WhenAllIsKnown_AnswersInTheFrozenShape()
    {
        _host.Jobs.Picture = Png.Of(16, 12, length: 27);
        _host.Jobs.Cost = attempt => attempt.Number == 1 ? Cost.Nothing : new Cost(0.042100m, "EUR", Known: true);
        _host.Jobs.Outcome = (job, attempt) => attempt.Number == 1
            ? InstantJobs.Fail(FailureKind.RateLimited, 429)
            : _host.Jobs.Deliver(job, [0], Counted, "high", "opaque");
        var form = Form.Minimal("openai/no-seed").Text("n", "2").Text("seed", "7").Text("fallbacks", "other/no-seed-2");

        var answer = await _host.EditAsync(form, ("x-request-id", "req.1"));

        answer.Status.ShouldBe(200, answer.Text);
        Regex.Replace(answer.Text, "job_[0-9a-f]{32}", "job_1").ShouldBe(
            """
            {"id":"job_1","created":1770000000,"model":"no-seed-2","data":[{"b64_json":"iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAYA","revised_prompt":"revised 0","index":0}],
            "background":"opaque","output_format":"png","quality":"high","size":"16x12",
            "usage":{"input_tokens":323,"input_tokens_details":{"image_tokens":310,"text_tokens":13},"total_tokens":4483,"output_tokens":4160,"output_tokens_details":{"image_tokens":4160,"text_tokens":0}},
            "extra_fields":{"request_type":"image_edit","provider":"other","model_requested":"no-seed","model_deployment":"no-seed-2","latency":211,"chunk_index":0,
            "attempts":[{"attempt":1,"slots":[0,1],"provider":"openai","model":"no-seed","outcome":"failed","failure":"rate_limited","status_code":429,"latency":211},
            {"attempt":2,"slots":[0,1],"provider":"other","model":"no-seed-2","outcome":"succeeded","latency":211}],
            "failed_slots":[{"index":1,"code":"provider_error","message":"The provider's answer held no usable picture."}],
            "warnings":[{"param":"seed","provider":"other","action":"dropped","message":"The model takes no seed."}],"cost":{"amount":"0.0421","currency":"EUR","known":true}}}
            """.ReplaceLineEndings(""));
        answer["x-request-id"].ShouldBe("req.1");
        answer["x-mpilot-job-id"].ShouldStartWith("job_");
        answer["x-mpilot-provider"].ShouldBe("other");
        answer["x-mpilot-attempts"].ShouldBe("2");
        answer["Content-Type"].ShouldBe("application/json");
    }

    [Theory]
    [InlineData("true", "TRUE", true, true)]
    [InlineData("true", "false", true, false)]
    [InlineData("1", "yes", false, false)]
    public async Task Edit_WhenBodiesAreAskedFor_ShowsThose(string request, string response, bool showsRequest, bool showsResponse)
    {
        _host.Jobs.Outcome = (job, attempt) => attempt.Number == 1
            ? InstantJobs.Fail(FailureKind.RateLimited, 429)
            : (AttemptOutcome.Succeeded)_host.Jobs.Deliver(job, attempt) with
            {
                Wire = new(job.Wire?.Request == true ? """{"n":"1"}""" : null, job.Wire?.Response == true ? """{"created":1}""" : null),
            };

        var answer = await _host.EditAsync(
            Form.Minimal().Text("fallbacks", "other/other-1"), ("x-bf-send-back-raw-request", request), ("x-bf-send-back-raw-response", response));

        var extra = answer.Json.GetProperty("extra_fields");
        (extra.TryGetProperty("raw_request", out var sent) ? sent.GetRawText() : null).ShouldBe(showsRequest ? """{"n":"1"}""" : null);
        (extra.TryGetProperty("raw_response", out var got) ? got.GetRawText() : null).ShouldBe(showsResponse ? """{"created":1}""" : null);
        (await _host.GetAsync($"/v1/jobs/{answer["x-mpilot-job-id"]}")).Text.ShouldNotContain("raw_");
    }

    [Theory]
    [InlineData("abc-123_4.5", "abc-123_4.5")]
    [InlineData("no spaces", null)]
    [InlineData(null, null)]
    public async Task Edit_WhenTheClientNamesItsRequest_TheJobShowsIt(string? sent, string? shown)
    {
        var answer = await _host.EditAsync(Form.Minimal(), sent is null ? [] : [("X-Client-Request-Id", sent)]);

        var job = (await _host.GetAsync($"/v1/jobs/{answer["x-mpilot-job-id"]}")).Json;
        (job.TryGetProperty("client_request_id", out var id) ? id.GetString() : null).ShouldBe(shown);
        job.GetProperty("request_id").GetString().ShouldBe(answer["x-request-id"]);
    }

    [Fact]
    public async Task Edit_WhenLittleIsKnown_LeavesTheRestOut()
    {
        var answer = await _host.EditAsync(Form.Minimal("gpt-image-2"));

        answer.Json.EnumerateObject().Select(p => p.Name).ShouldBe(["id", "created", "model", "data", "output_format", "size", "extra_fields"]);
        answer.Json.GetProperty("extra_fields").EnumerateObject().Select(p => p.Name)
            .ShouldBe(["request_type", "provider", "model_requested", "latency", "chunk_index", "attempts", "cost"]);
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("0.000", "0")]
    [InlineData("10.50", "10.5")]
    [InlineData("1000000", "1000000")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    public async Task Edit_WhenItHasACost_WritesTheAmountExactlyAndPlainly(string amount, string written)
    {
        _host.Jobs.Cost = _ => new Cost(decimal.Parse(amount, CultureInfo.InvariantCulture), "USD", Known: true);

        var answer = await _host.EditAsync(Form.Minimal());

        CostOf(answer).ShouldBe($$"""{"amount":"{{written}}","currency":"USD","known":true}""");
    }

    [Fact]
    public async Task Edit_WhenAnAttemptHasAnUnknownCost_GivesTheKnownPartAndSaysSo()
    {
        _host.Jobs.Cost = attempt => attempt.Number == 1 ? null : new Cost(0.04m, "USD", Known: true);
        _host.Jobs.Outcome = (job, attempt) => attempt.Number == 1 ? InstantJobs.Fail(FailureKind.TimedOut) : _host.Jobs.Deliver(job, attempt);

        CostOf(await _host.EditAsync(Form.Minimal())).ShouldBe("""{"amount":"0.04","currency":"USD","known":false}""");
    }

    [Fact]
    public async Task Edit_WhenTheProviderSaysNothing_TellsWhatWasAsked()
    {
        _host.Jobs.Outcome = (job, attempt) => _host.Jobs.Deliver(job, attempt.Slots, quality: "auto");

        var answer = await _host.EditAsync(Form.Minimal().Text("quality", "hd").Text("background", "transparent"));

        answer.Json.GetProperty("quality").GetString().ShouldBe("high");
        answer.Json.GetProperty("background").GetString().ShouldBe("transparent");
    }

    [Fact]
    public async Task Edit_WhenSeveralAttemptsServe_SumsTheirUsage()
    {
        _host.Jobs.Outcome = (job, attempt) => attempt.Number == 1
            ? _host.Jobs.Deliver(job, [1], new Usage(1, null, null, 10, null, null, 11))
            : _host.Jobs.Deliver(job, [0], new Usage(2, null, null, null, null, null, 2));

        var answer = await _host.EditAsync(Form.Minimal().Text("n", "2").Text("fallbacks", "other/a"));

        answer.Json.GetProperty("usage").GetRawText().ShouldBe("""{"input_tokens":3,"total_tokens":13,"output_tokens":10}""");
        answer.Json.GetProperty("data").EnumerateArray().Select(d => d.GetProperty("index").GetInt32()).ShouldBe([0, 1]);
    }

    [Theory]
    [InlineData(26)]
    [InlineData(27)]
    [InlineData(28)]
    [InlineData((48 << 10) - 1)]
    [InlineData(48 << 10)]
    [InlineData((48 << 10) + 1)]
    [InlineData((96 << 10) + 2)]
    [InlineData(5_000_000)]
    public async Task Edit_WhenAPictureHasAnyLength_EncodesAllOfIt(int length)
    {
        _host.Jobs.Picture = Png.Of(length: length);

        var answer = await _host.EditAsync(Form.Minimal().Text("n", "2"));

        answer["Content-Length"].ShouldBe(answer.Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        answer.Json.GetProperty("data").EnumerateArray().ShouldAllBe(d => d.GetProperty("b64_json").GetBytesFromBase64().SequenceEqual(_host.Jobs.Picture));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Edit_WhenLinksAreWanted_GivesLinksThatWork(bool byDefault)
    {
        await using var host = await ApiHost.StartAsync(o => o.Http.DefaultResponseFormat = byDefault ? "url" : "b64_json");

        var answer = await host.EditAsync(byDefault ? Form.Minimal() : Form.Minimal().Text("response_format", "url"));

        var picture = answer.Json.GetProperty("data")[0];
        picture.TryGetProperty("b64_json", out _).ShouldBeFalse();
        var url = new Uri(picture.GetProperty("url").GetString()!);
        url.GetLeftPart(UriPartial.Authority).ShouldBe(host.Address.GetLeftPart(UriPartial.Authority));
        (await host.GetAsync(url.PathAndQuery)).Body.ShouldBe(host.Jobs.Picture);
    }

    [Fact]
    public async Task Edit_WhenAPublicAddressIsConfigured_LinksStartWithIt()
    {
        await using var host = await ApiHost.StartAsync(o => o.Http.PublicBaseUrl = new Uri("https://pictures.example/edit/"));

        var answer = await host.EditAsync(Form.Minimal().Text("response_format", "url"));

        answer.Json.GetProperty("data")[0].GetProperty("url").GetString().ShouldStartWith("https://pictures.example/edit/v1/artifacts/art_");
    }

    [Theory]
    [InlineData(FailureKind.InvalidInput, 400, "invalid_value", "invalid_request_error", "provider text")]
    [InlineData(FailureKind.Unsupported, 400, "unsupported_parameter", "invalid_request_error", null)]
    [InlineData(FailureKind.Refused, 400, "moderation_blocked", "image_generation_user_error", "provider text")]
    [InlineData(FailureKind.Credentials, 502, "upstream_credentials_exhausted", "server_error", null)]
    [InlineData(FailureKind.Quota, 503, "upstream_quota_exhausted", "server_error", null)]
    [InlineData(FailureKind.RateLimited, 429, "rate_limited", "rate_limit_error", null)]
    [InlineData(FailureKind.Transient, 502, "provider_error", "server_error", null)]
    [InlineData(FailureKind.Broken, 502, "provider_error", "server_error", null)]
    [InlineData(FailureKind.TimedOut, 502, "provider_error", "server_error", null)]
    [InlineData(FailureKind.Lost, 502, "provider_error", "server_error", null)]
    [InlineData(FailureKind.DeadlineExceeded, 504, "deadline_exceeded", "server_error", null)]
    [InlineData(FailureKind.Canceled, 499, "canceled", "request_canceled", null)]
    public async Task Edit_WhenTheJobFails_MapsTheKind(FailureKind kind, int status, string code, string type, string? message)
    {
        await using var host = await ApiHost.StartAsync(o => o.Providers["openai"].OnLost = "fail");
        host.Jobs.Outcome = (_, _) => InstantJobs.Fail(kind, 418, "provider text");

        var answer = await host.EditAsync(Form.Minimal());

        answer.Status.ShouldBe(status);
        (answer.Code, answer.Error.GetProperty("type").GetString()).ShouldBe((code, type));
        answer["x-should-retry"].ShouldBe("false");
        answer["Retry-After"].ShouldBeNull();
        answer.Text.Contains("provider text", StringComparison.Ordinal).ShouldBe(message is not null);
        answer.Json.GetProperty("is_bifrost_error").GetBoolean().ShouldBeFalse();
        answer["x-mpilot-job-id"].ShouldStartWith("job_");
    }

    [Fact]
    public async Task Edit_WhenTheJobFails_AnswersInTheFrozenShape()
    {
        _host.Jobs.Outcome = (_, _) => InstantJobs.Fail(FailureKind.Transient, 500);

        var answer = await _host.EditAsync(Form.Minimal());

        Regex.Replace(answer.Text, "evt_[0-9a-f]{32}", "evt_1").ShouldBe(
            """
            {"event_id":"evt_1","type":"server_error","is_bifrost_error":false,"status_code":502,"status":502,"title":"Provider error","detail":"The provider failed.",
            "error":{"type":"server_error","code":"provider_error","message":"The provider failed.","event_id":"evt_1"},
            "extra_fields":{"request_type":"image_edit","provider":"openai","model_requested":"gpt-image-2",
            "attempts":[{"attempt":1,"slots":[0],"provider":"openai","model":"gpt-image-2","outcome":"failed","failure":"transient","status_code":500,"latency":211}],"cost":{"amount":"0","currency":"USD","known":false}}}
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public async Task Edit_WhenTheRequestIsWrong_AnswersInTheFrozenShape()
    {
        var answer = await _host.EditAsync(Form.Minimal().Text("n", "99"));

        Regex.Replace(answer.Text, "evt_[0-9a-f]{32}", "evt_1").ShouldBe(
            """
            {"event_id":"evt_1","type":"invalid_request_error","is_bifrost_error":false,"status_code":400,"status":400,"title":"Invalid request","detail":"n must be between 1 and 10, got 99.",
            "error":{"type":"invalid_request_error","code":"invalid_value","message":"n must be between 1 and 10, got 99.","param":"n","event_id":"evt_1",
            "errors":[{"type":"invalid_request_error","code":"invalid_value","message":"n must be between 1 and 10, got 99.","param":"n"}]},"extra_fields":{}}
            """.ReplaceLineEndings(""));
    }

    private static string CostOf(Answer answer) => answer.Json.GetProperty("extra_fields").GetProperty("cost").GetRawText();
}
