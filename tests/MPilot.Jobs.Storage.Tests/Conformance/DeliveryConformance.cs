using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Webhooks;
using MPilot.Jobs.Storage.Tests.Samples;

using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.Conformance;

/// <summary>Deliveries: made with the event, claimed, tried, given up, delivered again.</summary>
public abstract class DeliveryConformance : StoreConformance
{
    private static readonly DateTimeOffset Later = Start.AddMinutes(1);

    private static readonly DeliveryTry Failure = new(Later, TimeSpan.FromMilliseconds(250), DeliveryOutcome.Rejected, 500);

    private static readonly DeliveryTry Success = new(Later, TimeSpan.FromMilliseconds(40), DeliveryOutcome.Accepted, 204);

    [Fact]
    public async Task SaveAsync_WhenEndpointsHear_HasADeliveryForEachOfTheirEvents()
    {
        var all = await EndpointAsync(NewEndpoint() with { Events = [.. WebhookEvents.All] });
        var ends = await EndpointAsync(NewEndpoint());
        await EndpointAsync(NewEndpoint() with { NamedOnly = true });
        await EndpointAsync(NewEndpoint("shop-b"));

        var job = await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));

        (await EventsAsync(all)).ShouldBe(["job.accepted", "job.attempt_started", "job.attempt_finished", "image_edit.completed", "job.succeeded"]);
        var ended = (await ListAsync(new(Tenant, 10) { Endpoint = ends.Id })).Single();
        ended.ShouldBe(new()
        {
            Id = ended.Id, Tenant = Tenant, Target = ends.Id, Endpoint = ends.Id, Job = job.Id, Sequence = job.LastEvent, Event = WebhookEvents.Succeeded,
            CreatedAt = Start.AddSeconds(3), DueAt = Start.AddSeconds(3),
        });
        (await Deliveries.ListAsync(new("shop-b", 10), default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task InsertAsync_WhenTheRequestNamesAUrlAndAnEndpoint_BothHearOfTheEnd()
    {
        var named = await EndpointAsync(NewEndpoint() with { NamedOnly = true });
        var wish = new WebhookWish { Url = "https://a.example:8443/hook?x=1", Endpoint = named.Id, Format = DeliveryFormat.Bifrost };

        var job = await Jobs.FinishedAsync(NewJob() with { Webhook = wish }, Start.AddSeconds(3));

        var deliveries = (await ListAsync(new(Tenant, 10))).OrderBy(d => d.Url is null).ToList();
        deliveries.Select(d => (d.Url, d.Endpoint, d.Target, d.Format, d.Event, d.Job)).ShouldBe(
        [
            (wish.Url, null, $"{Tenant} https://a.example:8443", DeliveryFormat.Standard, WebhookEvents.Succeeded, job.Id),
            (null, named.Id, named.Id, DeliveryFormat.Bifrost, WebhookEvents.Succeeded, job.Id),
        ]);
        foreach (var delivery in deliveries)
        {
            (await Deliveries.FindAsync(Tenant, delivery.Id, default)).ShouldBe(delivery);
            (await Deliveries.FindAsync("shop-b", delivery.Id, default)).ShouldBeNull();
        }
    }

    [Fact]
    public async Task SaveAsync_WhenTheVersionIsAnothers_HasNoDelivery()
    {
        await EndpointAsync(NewEndpoint() with { Events = [.. WebhookEvents.All] });
        var state = await Jobs.ToldAsync(await Jobs.AcceptedAsync(NewJob()), Sending());
        var before = (await ListAsync(new(Tenant, 10))).Count;
        var save = Save(state, Succeeded());
        await Jobs.ToldAsync(state, Cancel());

        await Should.ThrowAsync<VersionConflictException>(() => Jobs.SaveAsync(save, default));

        (await ListAsync(new(Tenant, 10))).Count.ShouldBe(before + 1);
    }

    [Fact]
    public async Task ClaimAsync_WhenEventsOfAJobWait_GivesThemInOrderOneAtATime()
    {
        var endpoint = await EndpointAsync(NewEndpoint() with { Events = [.. WebhookEvents.All] });
        var epoch = await EpochAsync();
        await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));
        await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));
        var seen = new Dictionary<string, List<long>>(StringComparer.Ordinal);

        for (var round = 0; round < 5; round++)
        {
            var claimed = await ClaimAsync(endpoint.Id, epoch);
            claimed.Select(d => d.Job).Distinct(StringComparer.Ordinal).Count().ShouldBe(2);
            claimed.Count.ShouldBe(2);
            (await ClaimAsync(endpoint.Id, epoch)).ShouldBeEmpty("the next of each waits for the one before");
            foreach (var delivery in claimed)
            {
                (seen.TryGetValue(delivery.Job!, out var line) ? line : seen[delivery.Job!] = []).Add(delivery.Sequence);
                (await RecordAsync(delivery, epoch, Success, new(DeliveryStatus.Delivered))).ShouldBeTrue();
            }
        }

        seen.Values.ShouldAllBe(line => line.SequenceEqual(line.Order()) && line.Count == 5);
        (await ClaimAsync(endpoint.Id, epoch)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ClaimAsync_WhenManyAreDue_GivesTheEarliestUpToTheLimitAndOnlyWhatWasDueByThen()
    {
        var endpoint = await EndpointAsync(NewEndpoint());
        var epoch = await EpochAsync();
        for (var second = 5; second > 1; second--)
        {
            await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(second));
        }

        (await Deliveries.ClaimAsync(Claim(endpoint.Id, epoch) with { Limit = 2 }, default)).Select(d => d.DueAt).ShouldBe([Start.AddSeconds(2), Start.AddSeconds(3)]);
        (await Deliveries.ClaimAsync(Claim(endpoint.Id, epoch) with { DueBy = Start.AddSeconds(4) }, default)).Select(d => d.DueAt).ShouldBe([Start.AddSeconds(4)]);
        (await Deliveries.ClaimAsync(Claim(endpoint.Id, epoch) with { Now = Start.AddSeconds(4) }, default)).ShouldBeEmpty();
        (await ClaimAsync(endpoint.Id, epoch)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task ClaimAsync_WhenTheEpochIsNotAlive_GivesNothing()
    {
        var endpoint = await EndpointAsync(NewEndpoint());
        var epoch = await EpochAsync();
        await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));

        (await ClaimAsync(endpoint.Id, epoch + 1)).ShouldBeEmpty();
        (await Deliveries.ClaimAsync(Claim(endpoint.Id, epoch) with { Node = "node-2" }, default)).ShouldBeEmpty();
        await Nodes.TakeOverAsync(Start.AddDays(1), default);
        (await ClaimAsync(endpoint.Id, epoch)).ShouldBeEmpty();
        (await ClaimAsync(endpoint.Id, await EpochAsync())).Count.ShouldBe(1);
    }

    [Fact]
    public async Task ReleaseOrphanedAsync_WhenAnEpochIsOver_FreesItsClaimsAndFencesItsRecords()
    {
        var endpoint = await EndpointAsync(NewEndpoint());
        var first = await EpochAsync();
        await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));
        var claimed = (await ClaimAsync(endpoint.Id, first)).Single();
        (await Deliveries.ReleaseOrphanedAsync(default)).ShouldBe(0, "its node lives");

        var second = await EpochAsync();
        (await Deliveries.ReleaseOrphanedAsync(default)).ShouldBe(1);
        (await Deliveries.ReleaseOrphanedAsync(default)).ShouldBe(0);
        (await ClaimAsync(endpoint.Id, second)).Single().Id.ShouldBe(claimed.Id);

        (await RecordAsync(claimed, first, Success, new(DeliveryStatus.Delivered))).ShouldBeFalse();
        (await Deliveries.FindAsync(Tenant, claimed.Id, default)).ShouldBe(claimed);
        (await Deliveries.ListAttemptsAsync(claimed.Id, default)).ShouldBeEmpty();
        (await RecordAsync(claimed, second, Success, new(DeliveryStatus.Delivered))).ShouldBeTrue();
    }

    [Fact]
    public async Task RecordAsync_WhenATryFailed_KeepsTheLogAndTheNextDueTime()
    {
        var endpoint = await EndpointAsync(NewEndpoint());
        var epoch = await EpochAsync();
        await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));
        var due = Later.AddMinutes(5);

        var delivery = (await ClaimAsync(endpoint.Id, epoch)).Single();
        await RecordAsync(delivery, epoch, Failure, new(DeliveryStatus.Pending, due));
        (await ClaimAsync(endpoint.Id, epoch)).ShouldBeEmpty();
        var again = (await Deliveries.ClaimAsync(Claim(endpoint.Id, epoch) with { Now = due }, default)).Single();
        again.ShouldBe(delivery with { Outcome = DeliveryOutcome.Rejected, DueAt = due, Attempts = 1, Tries = 1 });
        await RecordAsync(again, epoch, Success with { StartedAt = due }, new(DeliveryStatus.Delivered));

        (await Deliveries.FindAsync(Tenant, delivery.Id, default)).ShouldBe(again with
        {
            Status = DeliveryStatus.Delivered, Outcome = DeliveryOutcome.Accepted, EndedAt = due.AddMilliseconds(40), Attempts = 2, Tries = 2,
        });
        (await Deliveries.ListAttemptsAsync(delivery.Id, default)).ShouldBe(
        [
            new(1, Later, TimeSpan.FromMilliseconds(250), DeliveryOutcome.Rejected, 500),
            new(2, due, TimeSpan.FromMilliseconds(40), DeliveryOutcome.Accepted, 204),
        ]);
    }

    [Fact]
    public async Task RecordAsync_WhenTheReceiverIsGone_DisablesTheEndpoint()
    {
        var endpoint = await EndpointAsync(NewEndpoint());
        var epoch = await EpochAsync();
        await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));
        var delivery = (await ClaimAsync(endpoint.Id, epoch)).Single();

        await RecordAsync(delivery, epoch, new(Later, TimeSpan.Zero, DeliveryOutcome.Gone, 410), new(DeliveryStatus.Discarded, DisablesEndpoint: true));

        var disabled = (await Endpoints.FindAsync(Tenant, endpoint.Id, default))!;
        (disabled.DisabledAt, disabled.DisabledAsGone).ShouldBe((Later, true));
        await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(4));
        (await EventsAsync(endpoint)).Count.ShouldBe(2, "what it misses can be delivered later");
    }

    [Fact]
    public async Task RecordAsync_WhenGivenUp_TellsTheOtherEndpointsThatWantToKnow()
    {
        var endpoint = await EndpointAsync(NewEndpoint() with { Events = [WebhookEvents.Succeeded, WebhookEvents.Exhausted] });
        var watcher = await EndpointAsync(NewEndpoint() with { Events = [WebhookEvents.Exhausted] });
        await EndpointAsync(NewEndpoint("shop-b") with { Events = [WebhookEvents.Exhausted] });
        var epoch = await EpochAsync();
        await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));
        var delivery = (await ClaimAsync(endpoint.Id, epoch)).Single();

        await RecordAsync(delivery, epoch, Failure, new(DeliveryStatus.Exhausted));

        var notice = (await Deliveries.ClaimAsync(Claim(watcher.Id, epoch) with { Now = Failure.EndedAt }, default)).Single();
        (notice.Event, notice.About, notice.Job, notice.DueAt).ShouldBe((WebhookEvents.Exhausted, delivery.Id, null, Failure.EndedAt));
        await RecordAsync(notice, epoch, Failure, new(DeliveryStatus.Exhausted));
        (await ListAsync(new(Tenant, 10))).Count.ShouldBe(2, "nobody is told that the telling failed");
        (await Deliveries.ListAsync(new("shop-b", 10), default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ListDueTargetsAsync_WhenSeveralAreDue_NamesEachOnceInOrder()
    {
        var endpoints = new List<WebhookEndpoint>();
        for (var i = 0; i < 3; i++)
        {
            endpoints.Add(await EndpointAsync(NewEndpoint()));
        }

        var epoch = await EpochAsync();
        await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));
        await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(4));
        var names = endpoints.Select(e => e.Id).Order(StringComparer.Ordinal).ToList();

        (await Deliveries.ListDueTargetsAsync(Start.AddSeconds(2), "", 10, default)).ShouldBeEmpty();
        (await Deliveries.ListDueTargetsAsync(Later, "", 10, default)).ShouldBe(names);
        (await Deliveries.ListDueTargetsAsync(Later, "", 2, default)).ShouldBe(names.Take(2));
        (await Deliveries.ListDueTargetsAsync(Later, names[0], 10, default)).ShouldBe(names.Skip(1));
        (await ClaimAsync(names[1], epoch)).Count.ShouldBe(2);
        (await Deliveries.ListDueTargetsAsync(Later, "", 10, default)).ShouldBe([names[0], names[2]]);
    }

    [Fact]
    public async Task RedeliverAsync_WhenFinal_StartsAnewAndKeepsTheLog()
    {
        var endpoint = await EndpointAsync(NewEndpoint());
        var epoch = await EpochAsync();
        await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));
        var delivery = (await ClaimAsync(endpoint.Id, epoch)).Single();
        (await Deliveries.RedeliverAsync(Tenant, delivery.Id, Later, default)).ShouldBe(RedeliverAnswer.PendingAlready);
        await RecordAsync(delivery, epoch, Success, new(DeliveryStatus.Delivered));

        (await Deliveries.RedeliverAsync("shop-b", delivery.Id, Later, default)).ShouldBe(RedeliverAnswer.Gone);
        (await Deliveries.RedeliverAsync(Tenant, "dlv_0", Later, default)).ShouldBe(RedeliverAnswer.Gone);
        (await Deliveries.RedeliverAsync(Tenant, delivery.Id, Later, default)).ShouldBe(RedeliverAnswer.Pending);

        var anew = (await ClaimAsync(endpoint.Id, epoch)).Single();
        (anew.Id, anew.Status, anew.Attempts, anew.Tries, anew.DueAt, anew.EndedAt).ShouldBe((delivery.Id, DeliveryStatus.Pending, 1, 0, Later, null));
        await RecordAsync(anew, epoch, Success, new(DeliveryStatus.Delivered));
        (await Deliveries.ListAttemptsAsync(delivery.Id, default)).Select(a => a.Number).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task RedeliverAsync_WhenAllFailedSinceThen_LeavesTheRest()
    {
        var (one, two) = (await EndpointAsync(NewEndpoint()), await EndpointAsync(NewEndpoint()));
        var epoch = await EpochAsync();
        await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));
        await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(4));
        await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(5));
        foreach (var endpoint in new[] { one, two })
        {
            var claimed = await ClaimAsync(endpoint.Id, epoch);
            await RecordAsync(claimed[0], epoch, Failure, new(DeliveryStatus.Exhausted));
            await RecordAsync(claimed[1], epoch, Failure, new(DeliveryStatus.Discarded));
            await RecordAsync(claimed[2], epoch, Success, new(DeliveryStatus.Delivered));
        }

        (await Deliveries.RedeliverAsync(new FailedDeliveries("shop-b", null, Start), Later, default)).ShouldBe(0);
        (await Deliveries.RedeliverAsync(new FailedDeliveries(Tenant, null, Failure.EndedAt.AddSeconds(1)), Later, default)).ShouldBe(0);
        (await Deliveries.RedeliverAsync(new FailedDeliveries(Tenant, one.Id, Failure.EndedAt), Later, default)).ShouldBe(2);
        (await Deliveries.RedeliverAsync(new FailedDeliveries(Tenant, null, Start), Later, default)).ShouldBe(2);
        (await ListAsync(new(Tenant, 10) { Status = DeliveryStatus.Pending })).Count.ShouldBe(4);
    }

    [Fact]
    public async Task ListAsync_WhenFiltered_KeepsWhatMeetsAllFilters()
    {
        var (one, two) = (await EndpointAsync(NewEndpoint()), await EndpointAsync(NewEndpoint()));
        var epoch = await EpochAsync();
        var jobs = new List<JobState>();
        for (var i = 0; i < 3; i++)
        {
            jobs.Add(await Jobs.FinishedAsync(NewJob() with { Webhook = new() { Url = "https://a.example/" } }, Start.AddSeconds(3)));
        }

        await RecordAsync((await ClaimAsync(one.Id, epoch))[0], epoch, Success, new(DeliveryStatus.Delivered));
        var all = await ListAsync(new(Tenant, 100));
        all.Count.ShouldBe(9);
        all.Select(d => d.Id).ShouldBe(all.Select(d => d.Id).OrderDescending(StringComparer.Ordinal));
        foreach (var query in from endpoint in new[] { null, one.Id, two.Id }
                              from job in new[] { null, jobs[1].Id }
                              from status in new DeliveryStatus?[] { null, DeliveryStatus.Pending, DeliveryStatus.Delivered }
                              select new DeliveryQuery(Tenant, 100) { Endpoint = endpoint, Job = job, Status = status })
        {
            var wanted = all.Where(d => (query.Endpoint ?? d.Endpoint) == d.Endpoint && (query.Job ?? d.Job) == d.Job && (query.Status ?? d.Status) == d.Status).ToList();
            (await ListAsync(query)).ShouldBe(wanted, query.ToString());
            (await ListAsync(query with { Limit = 1 })).ShouldBe(wanted.Take(1), query.ToString());
            (await ListAsync(query with { After = wanted.Count > 0 ? wanted[0].Id : all[0].Id })).ShouldBe(wanted.Skip(1), query.ToString());
        }
    }

    [Fact]
    public async Task PruneAsync_WhenDeliveriesEndedLongAgo_DropsThemWithTheirLog()
    {
        var endpoint = await EndpointAsync(NewEndpoint());
        var epoch = await EpochAsync();
        for (var i = 0; i < 3; i++)
        {
            await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));
        }

        var claimed = await ClaimAsync(endpoint.Id, epoch);
        await RecordAsync(claimed[0], epoch, Success, new(DeliveryStatus.Delivered));
        await RecordAsync(claimed[1], epoch, Failure, new(DeliveryStatus.Exhausted));

        (await Deliveries.PruneAsync(Success.EndedAt, 10, default)).ShouldBe(0);
        (await Deliveries.PruneAsync(Start.AddYears(1), 1, default)).ShouldBe(1);
        (await Deliveries.PruneAsync(Start.AddYears(1), 10, default)).ShouldBe(1);
        (await ListAsync(new(Tenant, 10))).Select(d => d.Id).ShouldBe([claimed[2].Id]);
        (await Deliveries.ListAttemptsAsync(claimed[0].Id, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task PruneAsync_WhenAJobHasYetToBeToldOf_TheJobStays()
    {
        var endpoint = await EndpointAsync(NewEndpoint());
        var epoch = await EpochAsync();
        var job = await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));
        await Outbox.DeleteAsync([.. (await ReadOutboxAsync(10)).Select(r => r.Id)], default);

        await Jobs.PruneAsync(Start.AddYears(1), Start, Start.AddYears(1), 10, default);
        (await Jobs.LoadAsync(job.Id, default)).ShouldNotBeNull();

        await RecordAsync((await ClaimAsync(endpoint.Id, epoch)).Single(), epoch, Success, new(DeliveryStatus.Delivered));
        await Jobs.PruneAsync(Start.AddYears(1), Start, Start.AddYears(1), 10, default);
        (await Jobs.LoadAsync(job.Id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task AddAsync_WhenItIsAboutNoJob_WaitsForNothing()
    {
        var endpoint = await EndpointAsync(NewEndpoint());
        var epoch = await EpochAsync();
        var (one, two) = (DeliveryPlan.Test(endpoint, Start), DeliveryPlan.Test(endpoint, Start.AddSeconds(1)));

        await Deliveries.AddAsync(one, default);
        await Deliveries.AddAsync(two, default);

        (await ClaimAsync(endpoint.Id, epoch)).ShouldBe([one, two]);
    }

    private async Task<WebhookEndpoint> EndpointAsync(WebhookEndpoint endpoint)
    {
        (await Endpoints.AddAsync(endpoint, "whsec_1", 10, default)).ShouldBe(EndpointAnswer.Stored);
        return endpoint;
    }

    private Task<long> EpochAsync() => Nodes.RegisterAsync("node-1", Start.AddDays(1), expireOthers: true, default);

    private static DeliveryClaim Claim(string target, long epoch) => new(target, "node-1", epoch, Later, 10);

    private Task<IReadOnlyList<Delivery>> ClaimAsync(string target, long epoch) => Deliveries.ClaimAsync(Claim(target, epoch), default);

    private Task<bool> RecordAsync(Delivery delivery, long epoch, DeliveryTry tried, DeliveryMove move)
        => Deliveries.RecordAsync(new(delivery, "node-1", epoch, tried, move), default);

    private async Task<List<Delivery>> ListAsync(DeliveryQuery query) => [.. await Deliveries.ListAsync(query, default)];

    private async Task<List<string>> EventsAsync(WebhookEndpoint endpoint)
        => [.. (await ListAsync(new(Tenant, 100) { Endpoint = endpoint.Id })).OrderBy(d => d.Sequence).Select(d => d.Event)];
}
