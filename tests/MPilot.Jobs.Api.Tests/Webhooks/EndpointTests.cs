using System.Text.Json;

using MPilot.Jobs.Api.Tests.Support;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Webhooks;

/// <summary>Registering, changing and deleting endpoints; their secrets.</summary>
public sealed class EndpointTests : IAsyncLifetime
{
    private const string Endpoints = "/v1/webhooks/endpoints";
    private const string Minimal = """{"url":"https://shop.example/hook"}""";
    private const string Other = "sk-bf-other-0123456789abcdef";

    private static readonly (string, string) Key = ("x-bf-vk", "sk-bf-shop-0123456789abcdef");

    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync(o =>
    {
        o.Webhooks.MaxEndpoints = 3;
        o.Keys = [new() { Secret = Key.Item2, Tenant = "shop" }, new() { Secret = Other, Tenant = "other" }];
    });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Post_WhenOnlyTheUrlIsGiven_RegistersAnEndpointForTheEndsOfJobs()
    {
        var answer = await PostAsync(Endpoints, Minimal);

        answer.Status.ShouldBe(201, answer.Text);
        var id = answer.Json.GetProperty("id").GetString()!;
        var secret = answer.Json.GetProperty("secret").GetString()!;
        id.ShouldStartWith("whe_");
        secret.ShouldStartWith("whsec_");
        Convert.FromBase64String(secret[6..]).Length.ShouldBe(32);
        answer["Location"].ShouldBe($"{Endpoints}/{id}");
        answer.Text.ShouldBe(
            "{\"id\":\"" + id + "\",\"object\":\"webhook.endpoint\",\"name\":\"" + id + "\",\"url\":\"https://shop.example/hook\","
            + "\"events\":[\"job.succeeded\",\"job.failed\",\"job.canceled\"],\"named_only\":false,\"status\":\"enabled\",\"created_at\":1770000000,\"secret\":\"" + secret + "\"}");
        (await _host.Store.FindSecretsAsync("shop", id, default))!.Current.ShouldBe(secret);
        (await GetAsync($"{Endpoints}/{id}")).Text.ShouldBe(answer.Text.Replace($",\"secret\":\"{secret}\"", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_WhenEverythingIsGiven_KeepsIt()
    {
        var answer = await PostAsync(
            Endpoints, """{"url":"https://shop.example:8443/hook?a=b","name":"shop.1-a_B","events":["job.failed","webhook.exhausted","job.failed"],"named_only":true}""");

        (answer.Json.GetProperty("url").GetString(), answer.Json.GetProperty("name").GetString(), answer.Json.GetProperty("named_only").GetBoolean())
            .ShouldBe(("https://shop.example:8443/hook?a=b", "shop.1-a_B", true));
        Events(answer.Json).ShouldBe(["job.failed", "webhook.exhausted"]);
    }

    [Theory]
    [InlineData("{}", "missing_field:url")]
    [InlineData("", "missing_field:url")]
    [InlineData("""{"url":"http://shop.example/"}""", "invalid_value:url")]
    [InlineData("""{"url":"https://u:p@shop.example/"}""", "invalid_value:url")]
    [InlineData("""{"url":"https://127.0.0.1/"}""", "invalid_value:url")]
    [InlineData("""{"url":"https://[::1]/"}""", "invalid_value:url")]
    [InlineData("""{"url":"https://169.254.169.254/"}""", "invalid_value:url")]
    [InlineData("""{"url":"https://2130706433/"}""", "invalid_value:url")]
    [InlineData("""{"url":"shop"}""", "invalid_value:url")]
    [InlineData("""{"url":7}""", "invalid_value:url")]
    [InlineData("""{"url":"https://a.example/","name":"a b"}""", "invalid_value:name")]
    [InlineData("""{"url":"https://a.example/","name":""}""", "invalid_value:name")]
    [InlineData("""{"url":"https://a.example/","events":["job.done"]}""", "invalid_value:events")]
    [InlineData("""{"url":"https://a.example/","events":[]}""", "invalid_value:events")]
    [InlineData("""{"url":"https://a.example/","events":"job.failed"}""", "invalid_value:events")]
    [InlineData("""{"url":"https://a.example/","events":["webhook.test"]}""", "invalid_value:events")]
    [InlineData("""{"url":"https://a.example/","named_only":"yes"}""", "invalid_value:named_only")]
    [InlineData("""{"url":"https://a.example/","colour":1}""", "unsupported_parameter:colour")]
    [InlineData("""{"url":"x","name":"?","colour":1}""", "unsupported_parameter:colour", "invalid_value:name", "invalid_value:url")]
    public async Task Post_WhenSomethingIsWrong_NamesIt(string json, params string[] mistakes)
    {
        var answer = await PostAsync(Endpoints, json.Length == 0 ? null : json);

        answer.Status.ShouldBe(400);
        answer.Mistakes.ShouldBe(mistakes);
    }

    [Theory]
    [InlineData("{", 400, "invalid_json")]
    [InlineData("[]", 400, "invalid_json")]
    [InlineData("""{"url":"https://a.example/","url":"https://b.example/"}""", 400, "invalid_json")]
    public async Task Post_WhenTheBodyIsNoObject_SaysSo(string body, int status, string code)
    {
        var answer = await PostAsync(Endpoints, body);

        (answer.Status, answer.Code).ShouldBe((status, code));
    }

    [Fact]
    public async Task Post_WhenTheBodyIsNoJsonOrTooLarge_SaysSo()
    {
        using var form = new StringContent("url=x");
        (await _host.SendAsync(HttpMethod.Post, Endpoints, form, Key)).Code.ShouldBe("unsupported_media_type");
        (await PostAsync(Endpoints, $$"""{"url":"{{new string('x', 70_000)}}"}""")).Code.ShouldBe("body_too_large");
    }

    [Fact]
    public async Task Post_WhenTheNameIsTakenOrThereAreEnough_IsRefused()
    {
        await PostAsync(Endpoints, """{"url":"https://a.example/","name":"one"}""");
        var taken = await PostAsync(Endpoints, """{"url":"https://a.example/","name":"one"}""");
        (taken.Status, taken.Code, taken.Param).ShouldBe((400, "invalid_value", "name"));

        (await PostAsync(Endpoints, Minimal)).Status.ShouldBe(201);
        (await PostAsync(Endpoints, Minimal)).Status.ShouldBe(201);
        var full = await PostAsync(Endpoints, Minimal);
        (full.Status, full.Code).ShouldBe((400, "too_many_endpoints"));
    }

    [Fact]
    public async Task List_WhenPaged_GoesThroughAllNewestFirst()
    {
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            _host.Time.Advance(TimeSpan.FromMilliseconds(1));
            ids.Insert(0, await RegisterAsync());
        }

        var first = (await GetAsync($"{Endpoints}?limit=2")).Json;
        var second = (await GetAsync($"{Endpoints}?limit=2&after={first.GetProperty("last_id").GetString()}")).Json;

        Ids(first).Concat(Ids(second)).ShouldBe(ids);
        (first.GetProperty("has_more").GetBoolean(), second.GetProperty("has_more").GetBoolean()).ShouldBe((true, false));
        first.GetRawText().ShouldNotContain("whsec_");
        (await GetAsync($"{Endpoints}?limit=101")).Param.ShouldBe("limit");
    }

    [Fact]
    public async Task Update_WhenMembersAreGiven_ChangesOnlyThem()
    {
        var id = await RegisterAsync();
        await PostAsync(Endpoints, """{"url":"https://a.example/","name":"taken"}""");

        var changed = await PostAsync($"{Endpoints}/{id}", """{"events":["job.failed"],"name":"new"}""");

        (changed.Status, changed.Json.GetProperty("name").GetString(), changed.Json.GetProperty("url").GetString())
            .ShouldBe((200, "new", "https://shop.example/hook"));
        Events(changed.Json).ShouldBe(["job.failed"]);
        (await GetAsync($"{Endpoints}/{id}")).Text.ShouldBe(changed.Text);
        (await PostAsync($"{Endpoints}/{id}", """{"name":"taken"}""")).Param.ShouldBe("name");
        (await PostAsync($"{Endpoints}/{id}", """{"url":"ftp://x"}""")).Param.ShouldBe("url");
    }

    [Fact]
    public async Task Disable_WhenEnabledAgain_IsAsBefore()
    {
        var id = await RegisterAsync();
        var before = (await GetAsync($"{Endpoints}/{id}")).Text;

        var disabled = (await PostAsync($"{Endpoints}/{id}/disable")).Json;
        (disabled.GetProperty("status").GetString(), disabled.GetProperty("disabled_by").GetString(), disabled.GetProperty("disabled_at").GetInt64())
            .ShouldBe(("disabled", "owner", 1770000000));
        (await PostAsync($"{Endpoints}/{id}/test")).Code.ShouldBe("endpoint_disabled");

        (await PostAsync($"{Endpoints}/{id}/enable")).Text.ShouldBe(before);
        _host.Signal.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Rotate_WhenDone_ShowsTheNewSecretOnceAndKeepsTheOldForADay()
    {
        var registered = (await PostAsync(Endpoints, Minimal)).Json;
        var (id, old) = (registered.GetProperty("id").GetString()!, registered.GetProperty("secret").GetString()!);
        _host.Time.Advance(TimeSpan.FromHours(1));

        var rotated = (await PostAsync($"{Endpoints}/{id}/rotate")).Json;

        var secret = rotated.GetProperty("secret").GetString()!;
        secret.ShouldNotBe(old);
        rotated.GetProperty("previous_valid_until").GetInt64().ShouldBe(1770000000 + 3600 + 86_400);
        var now = _host.Time.GetUtcNow();
        var secrets = (await _host.Store.FindSecretsAsync("shop", id, default))!;
        secrets.ValidAt(now).ShouldBe([secret, old]);
        secrets.ValidAt(now.AddHours(24)).ShouldBe([secret]);
    }

    [Fact]
    public async Task Secret_WhenMadeAndRenewed_IsShownOnlyThen()
    {
        (await GetAsync("/v1/webhooks/secret")).Status.ShouldBe(404);

        var made = (await PostAsync("/v1/webhooks/secret")).Json;
        made.TryGetProperty("previous_valid_until", out _).ShouldBeFalse();
        (await GetAsync("/v1/webhooks/secret")).Text.ShouldBe("""{"object":"webhook.secret","created_at":1770000000}""");
        var renewed = (await PostAsync("/v1/webhooks/secret")).Json;

        renewed.GetProperty("previous_valid_until").GetInt64().ShouldBe(1770000000 + 86_400);
        (await _host.Store.FindSecretsAsync("shop", "", default))!.ValidAt(_host.Time.GetUtcNow())
            .ShouldBe([renewed.GetProperty("secret").GetString(), made.GetProperty("secret").GetString()]);
        (await _host.Store.FindSecretsAsync("other", "", default)).ShouldBeNull();
    }

    [Fact]
    public async Task Endpoint_WhenAnothers_IsNotThere()
    {
        var id = await RegisterAsync();
        var foreign = ("x-bf-vk", Other);

        (await _host.GetAsync($"{Endpoints}/{id}", foreign)).Status.ShouldBe(404);
        Ids((await _host.GetAsync(Endpoints, foreign)).Json).ShouldBeEmpty();
        foreach (var path in new[] { "", "/enable", "/disable", "/rotate", "/test" })
        {
            (await _host.PostJsonAsync($"{Endpoints}/{id}{path}", "{}", foreign)).Status.ShouldBe(404, path);
        }

        (await _host.SendAsync(HttpMethod.Delete, $"{Endpoints}/{id}", null, foreign)).Status.ShouldBe(404);
        (await GetAsync($"{Endpoints}/{id}")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Delete_WhenDone_IsGone()
    {
        var id = await RegisterAsync();

        (await _host.SendAsync(HttpMethod.Delete, $"{Endpoints}/{id}", null, Key)).Text.ShouldBe($$"""{"id":"{{id}}","object":"webhook.endpoint","deleted":true}""");
        (await _host.SendAsync(HttpMethod.Delete, $"{Endpoints}/{id}", null, Key)).Status.ShouldBe(404);
        (await GetAsync($"{Endpoints}/{id}")).Status.ShouldBe(404);
    }

    private Task<Answer> PostAsync(string path, string? json = null) => _host.PostJsonAsync(path, json, Key);

    private Task<Answer> GetAsync(string path) => _host.GetAsync(path, Key);

    private async Task<string> RegisterAsync() => (await PostAsync(Endpoints, Minimal)).Json.GetProperty("id").GetString()!;

    private static List<string> Ids(JsonElement page) => [.. page.GetProperty("data").EnumerateArray().Select(e => e.GetProperty("id").GetString()!)];

    private static List<string> Events(JsonElement endpoint) => [.. endpoint.GetProperty("events").EnumerateArray().Select(e => e.GetString()!)];
}
