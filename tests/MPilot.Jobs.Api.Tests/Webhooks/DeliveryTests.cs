using System.Text.Json;

using MPilot.Jobs.Api.Tests.Support;
using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine.Webhooks;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Webhooks;

/// <summary>The delivery log, and delivering again.</summary>
public sealed class DeliveryTests : IAsyncLifetime
{
    private const string Deliveries = "/v1/webhooks/deliveries";

    private static readonly (string, string) Key = ("x-bf-vk", "sk-bf-shop-0123456789abcdef");
    private static readonly (string, string) Foreign = ("x-bf-vk", "sk-bf-other-0123456789abcdef");

    private ApiHost _host = null!;
    private string _endpoint = null!;
    private long _epoch;

    public async Task InitializeAsync()
    {
        _host = await ApiHost.StartAsync(o => o.Keys = [new() { Secret = Key.Item2, Tenant = "shop" }, new() { Secret = Foreign.Item2, Tenant = "other" }]);
        var registered = await _host.PostJsonAsync("/v1/webhooks/endpoints", """{"url":"https://shop.example/hook"}""", Key);
        _endpoint = registered.Json.GetProperty("id").GetString()!;
        _epoch = await _host.Store.RegisterAsync("node-1", ManualTime.Start.AddDays(9), expireOthers: true, default);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task List_WhenAJobEnded_HasItsDelivery()
    {
        var job = await EditAsync();

        var page = (await GetAsync(Deliveries)).Json;

        var delivery = _host.Store.Deliveries.Single();
        page.GetProperty("data")[0].GetRawText().ShouldBe(
            $$"""{"id":"{{delivery.Id}}","object":"webhook.delivery","event":"job.succeeded","endpoint":"{{_endpoint}}","job":"{{job}}","sequence":5,"status":"pending","attempts":0,"created_at":1770000000,"due_at":1770000000}""");
        (page.GetProperty("first_id").GetString(), page.GetProperty("has_more").GetBoolean()).ShouldBe((delivery.Id, false));
    }

    [Fact]
    public async Task List_WhenFilteredAndPaged_KeepsWhatMeetsAll()
    {
        var (one, two) = (await EditAsync(), await EditAsync());
        await FailAsync(_host.Store.Deliveries.Single(d => d.Job == one), DeliveryStatus.Exhausted);

        Jobs((await GetAsync($"{Deliveries}?job={one}")).Json).ShouldBe([one]);
        Jobs((await GetAsync($"{Deliveries}?status=exhausted")).Json).ShouldBe([one]);
        Jobs((await GetAsync($"{Deliveries}?status=pending&endpoint={_endpoint}")).Json).ShouldBe([two]);
        Jobs((await GetAsync($"{Deliveries}?endpoint=whe_0")).Json).ShouldBeEmpty();
        var page = (await GetAsync($"{Deliveries}?limit=1")).Json;
        Jobs(page).Concat(Jobs((await GetAsync($"{Deliveries}?after={page.GetProperty("last_id").GetString()}")).Json)).ShouldBe([two, one]);
        (await GetAsync($"{Deliveries}?status=lost&limit=0")).Mistakes.ShouldBe(["invalid_value:limit", "invalid_value:status"]);
    }

    [Fact]
    public async Task Get_WhenItWasTried_HasTheLog()
    {
        await EditAsync();
        var delivery = _host.Store.Deliveries.Single();
        await FailAsync(delivery, DeliveryStatus.Exhausted);

        var body = (await GetAsync($"{Deliveries}/{delivery.Id}")).Json;

        (body.GetProperty("status").GetString(), body.GetProperty("outcome").GetString(), body.GetProperty("attempts").GetInt32()).ShouldBe(("exhausted", "rejected", 1));
        body.GetProperty("ended_at").GetInt64().ShouldBe(1770000002);
        body.GetProperty("log").GetRawText().ShouldBe("""[{"attempt":1,"at":1770000000,"latency":2000,"outcome":"rejected","status_code":500}]""");
    }

    [Fact]
    public async Task Redeliver_WhenFinal_IsPendingAgain()
    {
        await EditAsync();
        var delivery = _host.Store.Deliveries.Single();
        (await PostAsync($"{Deliveries}/{delivery.Id}/redeliver")).Code.ShouldBe("delivery_pending");
        await FailAsync(delivery, DeliveryStatus.Exhausted);
        var signals = _host.Signal.Count;

        var answer = await PostAsync($"{Deliveries}/{delivery.Id}/redeliver");

        (answer.Status, answer.Json.GetProperty("id").GetString(), answer.Json.GetProperty("status").GetString()).ShouldBe((202, delivery.Id, "pending"));
        _host.Signal.Count.ShouldBe(signals + 1);
        (await PostAsync($"{Deliveries}/{delivery.Id}/redeliver")).Status.ShouldBe(409);
        (await PostAsync($"{Deliveries}/dlv_0/redeliver")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task RedeliverFailed_WhenSomeWereGivenUp_StartsThoseAnew()
    {
        for (var i = 0; i < 3; i++)
        {
            await EditAsync();
        }

        var all = _host.Store.Deliveries;
        await FailAsync(all[0], DeliveryStatus.Exhausted);
        await FailAsync(all[1], DeliveryStatus.Discarded);

        (await PostAsync($"{Deliveries}/redeliver", """{"since":1770000003}""")).Text.ShouldBe("""{"object":"webhook.redelivery","count":0}""");
        var answer = await PostAsync($"{Deliveries}/redeliver", $$"""{"since":1770000002,"endpoint":"{{_endpoint}}"}""");

        (answer.Status, answer.Json.GetProperty("count").GetInt32()).ShouldBe((202, 2));
        _host.Store.Deliveries.ShouldAllBe(d => d.Status == DeliveryStatus.Pending);
    }

    [Theory]
    [InlineData("{}", 400, "missing_field", "since")]
    [InlineData("""{"since":"yesterday"}""", 400, "invalid_value", "since")]
    [InlineData("""{"since":-1}""", 400, "invalid_value", "since")]
    [InlineData("""{"since":1e30}""", 400, "invalid_value", "since")]
    [InlineData("""{"since":1,"until":2}""", 400, "unsupported_parameter", "until")]
    [InlineData("""{"since":1,"endpoint":"whe_0"}""", 404, "not_found", null)]
    public async Task RedeliverFailed_WhenSomethingIsWrong_NamesIt(string json, int status, string code, string? param)
    {
        var answer = await PostAsync($"{Deliveries}/redeliver", json);

        (answer.Status, answer.Code, answer.Param).ShouldBe((status, code, param));
    }

    [Fact]
    public async Task Test_WhenAsked_SendsAnEventAboutNothing()
    {
        var answer = await PostAsync($"/v1/webhooks/endpoints/{_endpoint}/test");

        answer.Status.ShouldBe(202);
        var delivery = _host.Store.Deliveries.Single();
        (delivery.Event, delivery.Endpoint, delivery.Job, answer.Json.GetProperty("id").GetString()).ShouldBe(("webhook.test", _endpoint, null, delivery.Id));
        _host.Signal.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Delivery_WhenAnothers_IsNotThere()
    {
        await EditAsync();
        var delivery = _host.Store.Deliveries.Single();
        await FailAsync(delivery, DeliveryStatus.Exhausted);

        (await _host.GetAsync($"{Deliveries}/{delivery.Id}", Foreign)).Status.ShouldBe(404);
        (await _host.PostJsonAsync($"{Deliveries}/{delivery.Id}/redeliver", null, Foreign)).Status.ShouldBe(404);
        Jobs((await _host.GetAsync($"{Deliveries}?endpoint={_endpoint}&job={delivery.Job}", Foreign)).Json).ShouldBeEmpty();
        (await _host.PostJsonAsync($"{Deliveries}/redeliver", """{"since":0}""", Foreign)).Json.GetProperty("count").GetInt32().ShouldBe(0);
        (await _host.PostJsonAsync($"{Deliveries}/redeliver", $$"""{"since":0,"endpoint":"{{_endpoint}}"}""", Foreign)).Status.ShouldBe(404);
    }

    private async Task FailAsync(Delivery delivery, DeliveryStatus end)
    {
        await _host.Store.ClaimAsync(new DeliveryClaim(delivery.Target, "node-1", _epoch, delivery.DueAt, 10), default);
        var tried = new DeliveryTry(ManualTime.Start, TimeSpan.FromSeconds(2), DeliveryOutcome.Rejected, 500);
        (await _host.Store.RecordAsync(new(delivery, "node-1", _epoch, tried, new(end)), default)).ShouldBeTrue();
        await _host.Store.RegisterAsync("node-1", ManualTime.Start.AddDays(9), expireOthers: true, default);
        await _host.Store.ReleaseOrphanedAsync(default);
        _epoch++;
    }

    private async Task<string> EditAsync()
    {
        _host.Time.Advance(TimeSpan.FromMilliseconds(1));
        return (await _host.EditAsync(Form.Minimal(), Key))["x-mpilot-job-id"]!;
    }

    private Task<Answer> PostAsync(string path, string? json = null) => _host.PostJsonAsync(path, json, Key);

    private Task<Answer> GetAsync(string path) => _host.GetAsync(path, Key);

    private static List<string> Jobs(JsonElement page) => [.. page.GetProperty("data").EnumerateArray().Select(e => e.GetProperty("job").GetString()!)];
}
