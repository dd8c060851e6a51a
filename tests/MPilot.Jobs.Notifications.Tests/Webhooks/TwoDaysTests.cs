using System.Collections.Immutable;

using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine.Webhooks;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Notifications.Tests.Webhooks;

/// <summary>Receivers that fail in every way, for two days of the clock in the test, beside one that does not.</summary>
public sealed class TwoDaysTests : IAsyncLifetime
{
    private const int HangGuard = 120_000;
    private const int Jobs = 3;

    /// <summary>How much later than it is due something may be tried: a few looks, since the clock may run on before a look that was woken.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(4);

    private readonly DeliveryRig _rig = new(o => o.BreakerFailures = 1000);
    private WebhookReceiver _receiver = null!;
    private RudeReceiver _dripping = null!;
    private RudeReceiver _resetting = null!;

    public async Task InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        _receiver.OnReceived = receipt =>
        {
            if (receipt.Path == "/hang")
            {
                _rig.Hangs(receipt.Id);
            }
        };
        _dripping = new(drips: true, _rig.Hangs);
        _resetting = new(drips: false, _ => { });
        _rig.Addresses.Resolve("inside.example", "169.254.169.254");
        _rig.Addresses.Resolve("turns-bad.example", "127.0.0.1", "169.254.169.254");
        _rig.Addresses.Resolve("turns-good.example", "169.254.169.254", "100.64.0.1", "169.254.169.254", "0.0.0.0", "127.0.0.1");
    }

    public async Task DisposeAsync()
    {
        await _rig.DisposeAsync();
        await _receiver.DisposeAsync();
        await _dripping.DisposeAsync();
        await _resetting.DisposeAsync();
    }

    [Fact(Timeout = HangGuard)]
    public async Task Deliveries_WhenReceiversFailInEveryWay_KeepTheScheduleAndDisturbNobody()
    {
        var failing = new Dictionary<DeliveryOutcome, WebhookEndpoint>
        {
            [DeliveryOutcome.Rejected] = await _rig.EndpointAsync(_receiver.At("/500")),
            [DeliveryOutcome.TimedOut] = await _rig.EndpointAsync(_receiver.At("/hang")),
            [DeliveryOutcome.Redirected] = await _rig.EndpointAsync(_receiver.At("/302")),
            [DeliveryOutcome.Unreachable] = await _rig.EndpointAsync(_resetting.Url),
            [DeliveryOutcome.TlsFailed] = await _rig.EndpointAsync(_receiver.AtTls("/204")),
            [DeliveryOutcome.AddressRefused] = await _rig.EndpointAsync("https://inside.example/"),
        };
        var drip = await _rig.EndpointAsync(_dripping.Url);
        var gone = await _rig.EndpointAsync(_receiver.At("/410"));
        var turnsBad = await _rig.EndpointAsync($"http://turns-bad.example:{_receiver.Port}/204/turns-bad");
        var turnsGood = await _rig.EndpointAsync($"http://turns-good.example:{_receiver.Port}/204/turns-good");
        var good = await _rig.EndpointAsync(_receiver.At("/204/good"));
        var start = _rig.Time.GetUtcNow();
        await _rig.StartAsync();
        for (var i = 0; i < Jobs; i++)
        {
            await _rig.JobAsync();
            await _rig.RunUntilAsync(_rig.Time.GetUtcNow().AddMinutes(1), _dripping.Drip);
        }

        await _rig.RunUntilAsync(start.AddDays(2), _dripping.Drip);

        // 1. Each kind of failure is told apart, and tried as the schedule says.
        foreach (var (outcome, endpoint) in failing)
        {
            Of(endpoint).ForEach(d => ShouldHaveKeptTheSchedule(d, outcome));
        }

        Of(drip).ForEach(d => ShouldHaveKeptTheSchedule(d, DeliveryOutcome.TimedOut));

        // 2. A receiver that wants no more is left alone.
        (await _rig.Store.FindNamedAsync("default", gone.Name, default))!.DisabledAsGone.ShouldBeTrue();
        Of(gone).Select(d => (d.Status, d.Outcome, d.Attempts)).ShouldBe(
        [
            (DeliveryStatus.Discarded, DeliveryOutcome.Gone, 1), (DeliveryStatus.Discarded, DeliveryOutcome.EndpointDisabled, 1),
            (DeliveryStatus.Discarded, DeliveryOutcome.EndpointDisabled, 1),
        ]);
        Received("/410").Count.ShouldBe(1);

        // 3. A name is looked up anew for each try.
        Of(turnsBad).Select(d => d.Status).ShouldBe([DeliveryStatus.Delivered, DeliveryStatus.Exhausted, DeliveryStatus.Exhausted]);
        Of(turnsBad)[1..].ForEach(d => ShouldHaveKeptTheSchedule(d, DeliveryOutcome.AddressRefused));
        Received("/204/turns-bad").Count.ShouldBe(1);
        Of(turnsGood).ShouldAllBe(d => d.Status == DeliveryStatus.Delivered);
        Received("/204/turns-good").Count.ShouldBe(Jobs);

        // 4. Nobody else is disturbed, and no redirect is followed.
        Of(good).Select(d => (d.Status, d.Attempts)).ShouldBe(Enumerable.Repeat((DeliveryStatus.Delivered, 1), Jobs));
        Of(good).ShouldAllBe(d => d.EndedAt - d.CreatedAt < Late);
        Received("/204/redirected").ShouldBeEmpty();
    }

    [Fact(Timeout = HangGuard)]
    public async Task Deliveries_WhenReceiversRecover_BringAllThatWasGivenUpUnderTheSameIds()
    {
        var endpoints = new List<WebhookEndpoint>();
        foreach (var path in new[] { "/500", "/hang", "/410" })
        {
            endpoints.Add(await _rig.EndpointAsync(_receiver.At(path)));
        }

        var start = _rig.Time.GetUtcNow();
        await _rig.StartAsync();
        for (var i = 0; i < Jobs; i++)
        {
            await _rig.JobAsync();
        }

        await _rig.RunUntilAsync(start.AddDays(2));
        _rig.Store.Deliveries.ShouldAllBe(d => d.Status == DeliveryStatus.Exhausted || d.Status == DeliveryStatus.Discarded);
        foreach (var endpoint in endpoints)
        {
            await _rig.Store.UpdateAsync(endpoint with { Url = _receiver.At("/204/recovered"), DisabledAt = null }, default);
        }

        (await _rig.Store.RedeliverAsync(new FailedDeliveries("default", null, start), _rig.Time.GetUtcNow(), default)).ShouldBe(3 * Jobs);
        await _rig.RunUntilAsync(_rig.Time.GetUtcNow().AddMinutes(1));

        _rig.Store.Deliveries.ShouldAllBe(d => d.Status == DeliveryStatus.Delivered);
        Received("/204/recovered").Select(r => r.Id).ShouldBe(_rig.Store.Deliveries.Select(d => d.Id), ignoreOrder: true);
    }

    private void ShouldHaveKeptTheSchedule(Delivery delivery, DeliveryOutcome outcome)
    {
        var tries = _rig.Store.TriesOf(delivery.Id);
        delivery.Status.ShouldBe(DeliveryStatus.Exhausted, outcome.ToString());
        tries.Select(t => t.Outcome).ShouldBe(Enumerable.Repeat(outcome, 8));
        (tries[0].At - delivery.CreatedAt).ShouldBeLessThan(Late);
        var waits = tries.Zip(tries.Skip(1), (one, next) => next.At - (one.At + one.Duration)).ToImmutableArray();
        foreach (var (wait, planned) in waits.Zip(DeliveryRules.StandardSchedule))
        {
            wait.ShouldBeInRange(planned, planned + Late, $"{outcome}: {string.Join(", ", waits)}");
        }

        if (outcome == DeliveryOutcome.TimedOut)
        {
            tries.ShouldAllBe(t => t.Duration >= _rig.Options.Timeout && t.Duration < _rig.Options.Timeout + Late);
        }
    }

    private List<Delivery> Of(WebhookEndpoint endpoint) => [.. _rig.Store.Deliveries.Where(d => d.Endpoint == endpoint.Id).OrderBy(d => d.CreatedAt)];

    private List<WebhookReceipt> Received(string path) => [.. _receiver.Receipts.Where(r => r.Path == path)];
}
