using System.Net.Sockets;
using System.Text;

using MPilot.Jobs.Api.Tests.Support;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Security;

/// <summary>Who may call a service with keys.</summary>
public sealed class KeyGuardTests : IAsyncLifetime
{
    private const string Shop = "sk-bf-shop-0123456789abcdef";
    private const string Studio = "SK-BF-studio-0123456789abcdef";
    private const string Old = "sk-bf-old-0123456789abcdef";
    private const string Stopped = "sk-bf-stopped-0123456789abcdef";
    private const string Narrow = "sk-bf-narrow-0123456789abcdef";

    private const string Lenient = "sk-bf-lenient-0123456789abcdef";

    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync(o =>
    {
        o.Http.AllowedOrigins = ["https://design.example"];
        o.Keys =
        [
            new() { Name = "shop-web", Secret = Shop, Tenant = "shop", ExpiresAt = ManualTime.Start.AddHours(1) },
            new() { Secret = Studio, Tenant = "studio" },
            new() { Secret = Old, Tenant = "shop", ExpiresAt = ManualTime.Start },
            new() { Secret = Stopped, Tenant = "shop", Blocked = true },
            new() { Secret = Narrow, Tenant = "shop", Models = ["openai/gpt-image-2*", "openai/b"] },
            new() { Secret = Lenient, Tenant = "shop", FallBackOnRefusal = true },
        ];
    });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("x-bf-vk", Shop)]
    [InlineData("X-BF-VK", " " + Shop + " ")]
    [InlineData("Authorization", "Bearer " + Shop)]
    [InlineData("Authorization", "bearer  " + Shop)]
    [InlineData("api-key", Shop)]
    [InlineData("x-api-key", Shop)]
    [InlineData("x-goog-api-key", Shop)]
    [InlineData("x-api-key", Studio)]
    public async Task Request_WhenAnyHeaderHasAKey_IsItsTenants(string header, string value)
    {
        (await _host.EditAsync(Form.Minimal(), (header, value))).Status.ShouldBe(200);

        _host.Submitted.Tenant.ShouldBe(value == Studio ? "studio" : "shop");
    }

    [Theory]
    [InlineData(Shop, null, false)]
    [InlineData(Shop, "fallback", true)]
    [InlineData(Lenient, null, true)]
    [InlineData(Lenient, "fail", false)]
    public async Task Edit_WhenNothingIsSaidOfRefusals_FallsBackAsItsKeyMay(string key, string? said, bool fallsBack)
    {
        var form = said is null ? Form.Minimal() : Form.Minimal().Text("on_refusal", said);

        (await _host.EditAsync(form, ("x-bf-vk", key))).Status.ShouldBe(200);

        _host.Submitted.Chain[0].FallBackOnRefusal.ShouldBe(fallsBack);
    }

    [Theory]
    [InlineData(401, "virtual_key_required", "x-other", Shop)]
    [InlineData(401, "virtual_key_required", "Authorization", "Basic " + Shop)]
    [InlineData(401, "virtual_key_required", "Authorization", "Bearer ")]
    [InlineData(401, "virtual_key_required", "x-bf-vk", " ")]
    [InlineData(401, "invalid_token", "Authorization", "Bearer sk-proj-0123456789")]
    [InlineData(401, "invalid_token", "api-key", "0123456789abcdef")]
    [InlineData(403, "virtual_key_not_found", "Authorization", "Bearer sk-bf-shop-0123456789abcdeF")]
    [InlineData(403, "virtual_key_not_found", "Authorization", "Bearer sk-bf-")]
    [InlineData(403, "virtual_key_not_found", "x-bf-vk", "anything")]
    [InlineData(403, "virtual_key_not_found", "x-bf-vk", "SK-BF-shop-0123456789abcdef")]
    [InlineData(403, "virtual_key_blocked", "x-bf-vk", Old)]
    [InlineData(403, "virtual_key_blocked", "x-bf-vk", Stopped)]
    public async Task Request_WhenTheCredentialIsNotRight_IsRefusedByName(int status, string code, string header, string value)
    {
        var answer = await _host.EditAsync(Form.Minimal(), (header, value));

        (answer.Status, answer.Code, answer["x-should-retry"]).ShouldBe((status, code, "false"));
        answer["WWW-Authenticate"].ShouldBe(status == 401 ? "Bearer" : null);
        answer.Json.GetProperty("type").GetString().ShouldBe(code);
        answer.Text.ShouldNotContain(value.Split(' ')[^1].Length > 8 ? value.Split(' ')[^1] : "\0");
        _host.Jobs.Submissions.ShouldBeEmpty();
        _host.Artifacts.Bytes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("x-bf-vk", Shop, "Authorization", "Bearer " + Studio)]
    [InlineData("x-bf-vk", "anything", "api-key", Shop)]
    [InlineData("x-api-key", Shop, "x-goog-api-key", Studio)]
    public async Task Request_WhenItHasTwoKeys_IsRefused(string header, string value, string other, string second)
    {
        var answer = await _host.GetAsync("/v1/jobs", (header, value), (other, second));

        (answer.Status, answer.Code).ShouldBe((401, "invalid_token"));
    }

    [Theory]
    [InlineData("Authorization", "Bearer " + Shop)]
    [InlineData("Authorization", "Bearer unused")]
    [InlineData("api-key", "placeholder")]
    public async Task Request_WhenAnotherHeaderHasTheSameKeyOrNone_IsTaken(string other, string second)
        => (await _host.GetAsync("/v1/jobs", ("x-bf-vk", Shop), (other, second))).Status.ShouldBe(200);

    [Fact]
    public async Task Request_WhenItsKeyHasExpiredMeanwhile_IsRefused()
    {
        (await _host.GetAsync("/v1/jobs", ("x-bf-vk", Shop))).Status.ShouldBe(200);
        _host.Time.Advance(TimeSpan.FromHours(1));

        (await _host.GetAsync("/v1/jobs", ("x-bf-vk", Shop))).Code.ShouldBe("virtual_key_blocked");
    }

    [Theory]
    [InlineData("/v1/jobs", 401)]
    [InlineData("/v1/jobs/job_0", 401)]
    [InlineData("/v1/models", 401)]
    [InlineData("/v1/nothing", 401)]
    [InlineData("/metrics", 200)]
    [InlineData("/health/live", 200)]
    [InlineData("/health/ready", 200)]
    [InlineData("/docs/index.html", 200)]
    [InlineData("/openapi/v1.json", 200)]
    public async Task Get_WhenThereIsNoCredential_OnlyWhatIsOpenAnswers(string path, int status)
        => (await _host.GetAsync(path)).Status.ShouldBe(status);

    [Fact]
    public async Task Routes_WhenTheyAreOpen_AreTheOnesMeant()
        => (await Task.WhenAll(_host.Routes.Select(async r => (r.RoutePattern.RawText, Answer: await AskAsync(r)))))
            .Where(r => r.Answer.Status != 401).Select(r => r.RawText)
            .ShouldBe(["/v1/artifacts/{id}", "/health/live", "/health/ready", "/metrics", "/openapi/v1.json"], ignoreOrder: true);

    [Fact]
    public async Task Artifact_WhenTheCredentialIsWrong_IsServedByItsLinkAlone()
    {
        var edit = await _host.EditAsync(Form.Minimal().Text("response_format", "url"), ("x-bf-vk", Shop));
        var link = new Uri(edit.Json.GetProperty("data")[0].GetProperty("url").GetString()!);

        (await _host.GetAsync(link.PathAndQuery, ("Authorization", "Bearer sk-bf-nobody"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Request_WhenThereAreKeys_ComesFromAnywhere()
        => (await _host.GetAsync("/v1/jobs", ("x-bf-vk", Shop), ("Host", "edits.example"), ("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site")))
            .Status.ShouldBe(200);

    [Fact]
    public async Task Preflight_WhenItHasNoCredential_IsAnswered()
    {
        var answer = await _host.SendAsync(
            HttpMethod.Options, "/v1/images/edits", null,
            ("Origin", "https://design.example"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "x-bf-vk"));

        (answer.Status, answer["Access-Control-Allow-Origin"], answer["Access-Control-Allow-Headers"]).ShouldBe((204, "https://design.example", "x-bf-vk"));
    }

    [Fact]
    public async Task Refusal_WhenAPageIsRefused_CanBeReadByIt()
    {
        var answer = await _host.GetAsync("/v1/jobs", ("Origin", "https://design.example"));

        (answer.Status, answer["Access-Control-Allow-Origin"]).ShouldBe((401, "https://design.example"));
        (await _host.GetAsync("/v1/jobs", ("Origin", "https://evil.example")))["Access-Control-Allow-Origin"].ShouldBeNull();
    }

    [Fact]
    public async Task Refusal_WhenTheBodyIsNotSent_ComesBeforeIt()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_host.Address.Host, _host.Address.Port, _host.Patience);
        var stream = client.GetStream();
        await stream.WriteAsync("POST /v1/images/edits HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000\r\n\r\n"u8.ToArray(), _host.Patience);

        using var reader = new StreamReader(stream, Encoding.ASCII);
        (await reader.ReadLineAsync(_host.Patience)).ShouldBe("HTTP/1.1 401 Unauthorized");
    }

    [Theory]
    [InlineData("openai/gpt-image-2", null, 200, null, null)]
    [InlineData("gpt-image-1", "openai/b", 200, null, null)]
    [InlineData("openai/gpt-image-3", null, 403, "model_blocked", "model")]
    [InlineData("other/a", null, 403, "provider_blocked", "model")]
    [InlineData("gpt-image-2", "openai/c", 403, "model_blocked", "fallbacks")]
    [InlineData("gpt-image-2", "other/a", 403, "provider_blocked", "fallbacks")]
    public async Task Edit_WhenTheKeyHasModels_MayUseThoseOnly(string model, string? fallback, int status, string? code, string? param)
    {
        var form = Form.Minimal(model);
        if (fallback is not null)
        {
            form.Text("fallbacks", fallback);
        }

        var answer = await _host.EditAsync(form, ("x-bf-vk", Narrow));
        var plan = await _host.EditAsync(form, "/v1/images/edits/plan", ("x-bf-vk", Narrow));

        (answer.Status, plan.Status).ShouldBe((status, status), answer.Text);
        if (code is not null)
        {
            (answer.Code, answer.Param, answer.Json.GetProperty("type").GetString()).ShouldBe((code, param, code));
        }
    }

    [Fact]
    public async Task Edit_WhenAModelIsNotAllowed_SaysNothingOfOtherMistakes()
    {
        var answer = await _host.EditAsync(Form.Minimal("other/a").Text("n", "99"), ("x-bf-vk", Narrow));

        (answer.Status, answer.Mistakes.ShouldHaveSingleItem()).ShouldBe((403, "provider_blocked:model"));
    }

    [Fact]
    public async Task Models_WhenTheKeyHasModels_AreThose()
    {
        (await IdsAsync(Narrow)).ShouldBeSubsetOf((await IdsAsync(Shop)).Where(m => m is "gpt-image-1" || m.StartsWith("openai/gpt-image-2", StringComparison.Ordinal)));
        (await _host.GetAsync("/v1/models/openai/gpt-image-2", ("x-bf-vk", Narrow))).Status.ShouldBe(200);
        (await _host.GetAsync("/v1/models/other/a", ("x-bf-vk", Narrow))).Status.ShouldBe(404);
        (await _host.GetAsync("/v1/models/other/a", ("x-bf-vk", Shop))).Status.ShouldBe(200);
    }

    private async Task<List<string>> IdsAsync(string key)
        => [.. (await _host.GetAsync("/v1/models", ("x-bf-vk", key))).Json.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("id").GetString()!)];

    /// <summary>Asks a route without a credential.</summary>
    private Task<Answer> AskAsync(Microsoft.AspNetCore.Routing.RouteEndpoint route)
        => _host.SendAsync(
            new HttpMethod(route.Metadata.OfType<Microsoft.AspNetCore.Routing.HttpMethodMetadata>().Single().HttpMethods[0]),
            route.RoutePattern.RawText!.Replace("{**id}", "x", StringComparison.Ordinal).Replace("{id}", "x", StringComparison.Ordinal).Replace("{deployment}", "x", StringComparison.Ordinal),
            null);
}
