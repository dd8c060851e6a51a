using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine.Webhooks;
using MPilot.Jobs.Notifications.Webhooks;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Notifications.Tests.Webhooks;

public sealed class DeliveryServiceTests : IAsyncLifetime
{
    private const int HangGuard = 60_000;

    private WebhookReceiver _receiver = null!;

    /// <summary>Where the clock runs while calls are out, none of them may end for that.</summary>
    private readonly DeliveryRig _rig = new(o => o.Timeout = TimeSpan.FromHours(12));

    public async Task InitializeAsync() => _receiver = await WebhookReceiver.StartAsync();

    public async Task DisposeAsync()
    {
        await _rig.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact(Timeout = HangGuard)]
    public async Task Delivery_WhenMade_IsSignedForItsReceiver()
    {
        var endpoint = await _rig.EndpointAsync(_receiver.At("/204"));
        await _rig.StartAsync();
        var job = await _rig.JobAsync();
        await _rig.SettleAsync();

        var receipt = _receiver.Receipts.Single();
        receipt.Body.ShouldBe($$"""{"event":"job.canceled","job":"{{job}}"}""");
        receipt.Id.ShouldBe(_rig.Store.Deliveries.Single().Id);
        var secret = (await _rig.Store.FindSecretsAsync("default", endpoint.Id, default))!.Current;
        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(receipt.Timestamp, System.Globalization.CultureInfo.InvariantCulture));
        receipt.Signature.ShouldBe(WebhookSignature.Of([secret], receipt.Id, at, System.Text.Encoding.UTF8.GetBytes(receipt.Body)));
    }

    [Fact(Timeout = HangGuard)]
    public async Task Delivery_WhenARequestNamedAUrl_IsSignedWithTheTenantsSecret()
    {
        await _rig.Store.RotateAsync(new("default", WebhookSecrets.TenantsOwn, WebhookSecret.New(), _rig.Time.GetUtcNow(), _rig.Time.GetUtcNow()), default);
        await _rig.StartAsync();
        await _rig.JobAsync(new() { Url = _receiver.At("/200/once") });
        await _rig.SettleAsync();

        _receiver.Receipts.Single().Path.ShouldBe("/200/once");
        _rig.Store.Deliveries.Single().Status.ShouldBe(DeliveryStatus.Delivered);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Events_WhenTheReceiverFailsInBetween_ArriveInOrderAndWaitAsItAsks()
    {
        var calls = 0;
        _receiver.Answer = http =>
        {
            http.Response.Headers.RetryAfter = "60";
            return ++calls is 2 or 3 or 6 ? 503 : 204;
        };
        await _rig.EndpointAsync(_receiver.At("/204"), [.. WebhookEvents.All]);
        await _rig.StartAsync();
        await _rig.JobAsync();
        await _rig.RunUntilAsync(_rig.Time.GetUtcNow().AddHours(1));

        string[] events = ["job.accepted", "job.cancel_requested", "image_edit.failed", "job.canceled"];
        _receiver.Receipts.Select(r => events.Single(e => r.Body.Contains(e, StringComparison.Ordinal))).ShouldBe(
            [events[0], events[1], events[1], events[1], events[2], events[3], events[3]]);
        _receiver.Receipts.Select(r => r.Id).Distinct(StringComparer.Ordinal).Count().ShouldBe(4);
        var second = _rig.Store.Deliveries.Single(d => d.Event == events[1]);
        var tries = _rig.Store.TriesOf(second.Id);
        (tries[1].At - tries[0].At).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(60));
        (tries[2].At - tries[1].At).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMinutes(5));
    }

    [Fact(Timeout = HangGuard)]
    public async Task Receiver_WhenItFailsTimeAfterTime_IsOnlyProbedAndDelaysNobody()
    {
        const int Jobs = 100;
        var isDead = true;
        _receiver.Answer = http => isDead && http.Request.Path == "/204/dead" ? 500 : null;
        var dead = await _rig.EndpointAsync(_receiver.At("/204/dead"));
        var good = await _rig.EndpointAsync(_receiver.At("/204/good"));
        await _rig.StartAsync();
        for (var i = 0; i < Jobs; i++)
        {
            await _rig.JobAsync();
        }

        await _rig.RunUntilAsync(_rig.Time.GetUtcNow().AddSeconds(20));
        Of(good).ShouldAllBe(d => d.Status == DeliveryStatus.Delivered);

        // Whatever was due is either tried or stood for by a probe, without a call for each.
        await RunAsync(TimeSpan.FromHours(1));
        var calls = Received("/204/dead");
        calls.ShouldBeLessThan(Jobs);
        Of(dead).ShouldAllBe(d => d.Status == DeliveryStatus.Pending && d.Attempts >= 3);
        Of(dead).SelectMany(d => _rig.Store.TriesOf(d.Id)).Count(t => t.Outcome == DeliveryOutcome.ReceiverFailing).ShouldBeGreaterThan(Jobs);

        // Once a probe is answered, all that is due goes.
        isDead = false;
        await RunAsync(TimeSpan.FromHours(3));
        Of(dead).ShouldAllBe(d => d.Status == DeliveryStatus.Delivered);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Receiver_WhenItHangs_HoldsNoMoreThanItsPlaces()
    {
        const int Jobs = 20;
        _receiver.OnReceived = r =>
        {
            if (r.Path == "/hang")
            {
                _rig.Hangs(r.Id);
            }
        };
        var hanging = await _rig.EndpointAsync(_receiver.At("/hang"));
        var good = await _rig.EndpointAsync(_receiver.At("/204/good"));
        await _rig.StartAsync();
        for (var i = 0; i < Jobs; i++)
        {
            await _rig.JobAsync();
        }

        await _rig.Time.PumpUntilAsync(
            _rig.Store.WhenDeliveriesAsync(all => all.Where(d => d.Endpoint == good.Id).All(d => d.Status == DeliveryStatus.Delivered)), TimeSpan.FromSeconds(1));

        _rig.Store.Claimed.Length.ShouldBe(_rig.Options.Concurrency);
        _rig.Store.Claimed.ShouldAllBe(d => d.Endpoint == hanging.Id);
        Received("/hang").ShouldBe(_rig.Options.Concurrency);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Delivery_WhenPrivateHostsAreNotAllowed_DoesNotConnect()
    {
        await using var rig = new DeliveryRig(o => o.AllowPrivateHosts = false);
        rig.Addresses.Resolve("rebinding.example", "127.0.0.1");
        await rig.EndpointAsync($"https://rebinding.example:{_receiver.Port}/");
        await rig.EndpointAsync(_receiver.At("/204"));
        await rig.StartAsync();
        await rig.JobAsync();
        await rig.SettleAsync();

        _receiver.Receipts.ShouldBeEmpty();
        rig.Store.Deliveries.ShouldAllBe(d => d.Outcome == DeliveryOutcome.AddressRefused && d.Status == DeliveryStatus.Pending);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Delivery_WhenTheStoreIsAwayAfterTheCall_IsRecordedOnceAndNotMadeAgain()
    {
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _receiver.OnReceived = _ =>
        {
            _rig.Store.IsAway = true;
            called.TrySetResult();
        };
        await _rig.EndpointAsync(_receiver.At("/204"));
        await _rig.StartAsync();
        await _rig.JobAsync();
        var recorded = _rig.Store.WhenDeliveriesAsync(all => all.All(d => d.Status == DeliveryStatus.Delivered));
        await _rig.Time.PumpUntilAsync(called.Task, TimeSpan.FromSeconds(1));

        _rig.Store.IsAway = false;
        await _rig.Time.PumpUntilAsync(recorded, TimeSpan.FromSeconds(1));

        _receiver.Receipts.Length.ShouldBe(1);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Delivery_WhenAnotherNodeDiedWithIt_IsTakenOverUnderTheSameId()
    {
        var endpoint = await _rig.EndpointAsync(_receiver.At("/204"));
        await _rig.JobAsync();
        var dead = await _rig.Store.RegisterAsync("node-0", _rig.Time.GetUtcNow(), expireOthers: false, default);
        var claimed = (await _rig.Store.ClaimAsync(new DeliveryClaim(endpoint.Id, "node-0", dead, _rig.Time.GetUtcNow(), 10), default)).Single();
        _rig.Node.Register(await _rig.Store.RegisterAsync("node-1", _rig.Time.GetUtcNow().AddDays(1), expireOthers: false, default));
        await _rig.Service.StartAsync(default);
        var start = _rig.Time.GetUtcNow();
        await _rig.Store.TakeOverAsync(start, default);

        // No time goes by while the call is on its way: that takes as long as the machine likes.
        await _rig.Time.PumpUntilAsync(_rig.Store.WhenClaimsDifferAsync([claimed]), TimeSpan.FromSeconds(1));
        await _rig.Store.WhenDeliveriesAsync(all => all.All(d => d.Status == DeliveryStatus.Delivered));

        _receiver.Receipts.Single().Id.ShouldBe(claimed.Id);
        (_rig.Store.TriesOf(claimed.Id).Single().At - start).ShouldBeInRange(
            TimeSpan.Zero, DeliveryService.ReleaseInterval + TimeSpan.FromSeconds(5));
    }

    [Fact(Timeout = HangGuard)]
    public async Task Delivery_WhenTheServiceItselfFailsAtIt_IsTriedAgainLater()
    {
        _rig.Bodies.Fails = true;
        await _rig.EndpointAsync(_receiver.At("/204"));
        await _rig.StartAsync();
        await _rig.JobAsync();
        await _rig.SettleAsync();
        _rig.Store.Deliveries.Single().Outcome.ShouldBe(DeliveryOutcome.Faulted);

        _rig.Bodies.Fails = false;
        await RunAsync(TimeSpan.FromMinutes(1));

        _rig.Store.Deliveries.Single().Status.ShouldBe(DeliveryStatus.Delivered);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Delivery_WhenItsEndpointOrSecretIsGone_IsDiscarded()
    {
        var deleted = await _rig.EndpointAsync(_receiver.At("/204"));
        var disabled = await _rig.EndpointAsync(_receiver.At("/204"));
        await _rig.JobAsync(new() { Url = _receiver.At("/204") });
        IWebhookEndpoints endpoints = _rig.Store;
        await endpoints.DeleteAsync("default", deleted.Id, default);
        await endpoints.UpdateAsync(disabled with { DisabledAt = _rig.Time.GetUtcNow() }, default);
        await _rig.StartAsync();
        await _rig.SettleAsync();

        _receiver.Receipts.ShouldBeEmpty();
        _rig.Store.Deliveries.ShouldAllBe(d => d.Status == DeliveryStatus.Discarded);
        _rig.Store.Deliveries.Select(d => d.Outcome).ShouldBe(
            [DeliveryOutcome.EndpointDeleted, DeliveryOutcome.EndpointDisabled, DeliveryOutcome.SecretGone], ignoreOrder: true);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Exhausted_WhenADeliveryIsGivenUp_IsTold()
    {
        await _rig.EndpointAsync(_receiver.At("/500"));
        var watcher = await _rig.EndpointAsync(_receiver.At("/204/watcher"), WebhookEvents.Exhausted);
        await _rig.StartAsync();
        await _rig.JobAsync();
        await RunAsync(TimeSpan.FromDays(2));

        _receiver.Receipts.Single(r => r.Path == "/204/watcher").Body.ShouldContain("webhook.exhausted");
        Of(watcher).Single().About.ShouldBe(_rig.Store.Deliveries.Single(d => d.Status == DeliveryStatus.Exhausted).Id);
    }

    [Fact(Timeout = HangGuard)]
    public async Task StopAsync_WhenACallIsOut_WaitsForItsAnswerAndRecordsIt()
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _receiver.OnReceived = _ =>
        {
            arrived.SetResult();
            answer.Task.Wait();
        };
        await _rig.EndpointAsync(_receiver.At("/204"));
        await _rig.StartAsync();
        await _rig.JobAsync();
        await _rig.Time.PumpUntilAsync(arrived.Task, TimeSpan.FromSeconds(1));

        var stopped = _rig.Service.StopAsync(default);
        stopped.IsCompleted.ShouldBeFalse();
        answer.SetResult();
        await stopped;

        _rig.Store.Deliveries.Single().Status.ShouldBe(DeliveryStatus.Delivered);
    }

    private Task RunAsync(TimeSpan time) => _rig.RunUntilAsync(_rig.Time.GetUtcNow() + time);

    private List<Delivery> Of(WebhookEndpoint endpoint) => [.. _rig.Store.Deliveries.Where(d => d.Endpoint == endpoint.Id)];

    private int Received(string path) => _receiver.Receipts.Count(r => r.Path == path);
}
