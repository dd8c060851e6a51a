using MPilot.Jobs.Domain.Buckets;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine.Buckets;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Webhooks;
using MPilot.Jobs.Storage.Tests.Samples;

using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.Conformance;

/// <summary>Pictures on their way to buckets: inserted with the job, let go by its end, claimed, tried, forgotten.</summary>
public abstract class BucketConformance : StoreConformance
{
    private const string Url = "https://s3.example:9000/pictures/0.png?X-Amz-Signature=aa%2Fbb";

    private static readonly DateTimeOffset End = Start.AddSeconds(3);

    private static readonly DateTimeOffset Later = Start.AddMinutes(1);

    private static readonly DateTimeOffset Until = Start.AddHours(24);

    private static readonly DeliveryTry Failure = new(Later, TimeSpan.FromMilliseconds(250), DeliveryOutcome.Rejected, 503);

    private static readonly DeliveryTry Success = new(Later, TimeSpan.FromMilliseconds(40), DeliveryOutcome.Accepted, 200);

    private static readonly BucketMove Again = new(BucketPutStatus.Pending, Later.AddSeconds(5));

    [Fact]
    public async Task InsertAsync_WhenTheRequestHasUrls_KeepsThemOutOfTheJobUntilItEnds()
    {
        var job = await AcceptedAsync(NewJob(count: 2), Url, Url + "1");

        var epoch = await EpochAsync();
        (await Puts.ListAsync(job.Id, default)).ShouldBe(
        [
            new() { Tenant = Tenant, Job = job.Id, Slot = 0, Target = $"{Tenant} https://s3.example:9000", Url = Url },
            new() { Tenant = Tenant, Job = job.Id, Slot = 1, Target = $"{Tenant} https://s3.example:9000", Url = Url + "1" },
        ]);
        (await Puts.ListDueTargetsAsync(Start.AddYears(1), "", 10, default)).ShouldBeEmpty();
        (await ClaimAsync(epoch, Start.AddYears(1))).ShouldBeEmpty();
        (await Jobs.LoadAsync(job.Id, default))!.Buckets.ShouldBe(2);
    }

    [Fact]
    public async Task SaveAsync_WhenTheJobEnds_LetsThoseGoThatHaveAPicture()
    {
        var state = await AcceptedAsync(NewJob(count: 2), Url, Url + "1");
        var epoch = await EpochAsync();
        state = await Jobs.ToldAsync(state, Sending());
        state = await Jobs.ToldAsync(state, Sending(attempt: 2));
        state = await Jobs.ToldAsync(state, Failed(FailureKind.Refused, 0, attempt: 2));
        (await Puts.ListAsync(state.Id, default)).Count.ShouldBe(2);

        state = await Jobs.ToldAsync(state, Succeeded(at: End), Until);

        state.Status.ShouldBe(JobStatus.Succeeded);
        var put = (await Puts.ListAsync(state.Id, default)).Single();
        (put.Slot, put.Status, put.DueAt, put.Until, put.Url).ShouldBe((0, BucketPutStatus.Pending, End, Until, Url));
        (await Puts.ListDueTargetsAsync(End.AddSeconds(-1), "", 10, default)).ShouldBeEmpty();
        (await Puts.ListDueTargetsAsync(End, "", 10, default)).ShouldBe([put.Target]);
        (await ClaimAsync(epoch)).ShouldBe([put]);
        (await Puts.ListDueTargetsAsync(End, "", 10, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task SaveAsync_WhenTheJobFails_ForgetsTheUrls()
    {
        var state = await AcceptedAsync(NewJob(), Url);

        state = await Jobs.ToldAsync(state, Cancel(), Until);

        state.Status.ShouldBe(JobStatus.Canceled);
        (await Puts.ListAsync(state.Id, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task InsertAsync_WhenItRepeatsAnother_HasNoPuts()
    {
        var key = new IdempotencyKey("k", "f", Start.AddHours(1));
        var first = Accept(NewJob() with { BucketUrls = [Url] }, key) with { BucketUrls = [Url] };
        (await Jobs.InsertAsync(first, default)).ShouldBe(new InsertAnswer.Inserted());
        var second = Accept(NewJob() with { BucketUrls = [Url] }, key) with { BucketUrls = [Url] };

        (await Jobs.InsertAsync(second, default)).ShouldBe(new InsertAnswer.Repeats(first.State.Id));

        (await Puts.ListAsync(second.State.Id, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task SaveAsync_WhenTheVersionIsAnothers_LetsNothingGo()
    {
        var state = await Jobs.ToldAsync(await AcceptedAsync(NewJob(), Url), Sending());
        var save = Save(state, Succeeded(), Until);
        await Jobs.ToldAsync(state, Accepted());

        await Should.ThrowAsync<VersionConflictException>(() => Jobs.SaveAsync(save, default));

        (await Puts.ListAsync(state.Id, default)).Single().Status.ShouldBe(BucketPutStatus.Waiting);
    }

    [Fact]
    public async Task ClaimAsync_WhenTheEpochIsNotAlive_GivesNone()
    {
        var epoch = await EpochAsync();
        await FinishedAsync();

        (await Puts.ClaimAsync(Claim(epoch + 1, Later), default)).ShouldBeEmpty();
        (await Puts.ClaimAsync(Claim(epoch, Later) with { DueBy = End.AddSeconds(-1) }, default)).ShouldBeEmpty();
        (await Puts.ClaimAsync(Claim(epoch, Later) with { Target = "other https://s3.example:9000" }, default)).ShouldBeEmpty();
        await Nodes.TakeOverAsync(Start.AddDays(1), default);
        (await ClaimAsync(epoch)).ShouldBeEmpty();
        (await ClaimAsync(await EpochAsync())).Count.ShouldBe(1);
    }

    [Fact]
    public async Task ClaimAsync_WhenSeveralAreDue_GivesTheEarliestFirstAndNoneTwice()
    {
        var epoch = await EpochAsync();
        var jobs = new List<string>();
        foreach (var delay in new[] { 3, 1, 2 })
        {
            jobs.Add((await FinishedAsync(End.AddSeconds(delay))).Id);
        }

        (await Puts.ClaimAsync(Claim(epoch, Later) with { Limit = 2 }, default)).Select(p => p.Job).ShouldBe([jobs[1], jobs[2]]);
        (await ClaimAsync(epoch)).Select(p => p.Job).ShouldBe([jobs[0]]);
        (await ClaimAsync(epoch)).ShouldBeEmpty();
    }

    [Fact]
    public async Task RecordAsync_WhenItIsTriedAgain_KeepsTheUrlForThen()
    {
        var epoch = await EpochAsync();
        var job = await FinishedAsync();
        var put = (await ClaimAsync(epoch)).Single();

        (await RecordAsync(put, epoch, Failure, Again)).ShouldBeTrue();

        var stored = (await Puts.ListAsync(job.Id, default)).Single();
        stored.ShouldBe(put with { Outcome = DeliveryOutcome.Rejected, DueAt = Again.DueAt, Attempts = 1 });
        (await ClaimAsync(epoch)).ShouldBeEmpty();
        (await ClaimAsync(epoch, Again.DueAt!.Value)).ShouldBe([stored]);
    }

    [Theory]
    [InlineData(BucketPutStatus.Delivered)]
    [InlineData(BucketPutStatus.Failed)]
    public async Task RecordAsync_WhenItEnded_ForgetsTheUrl(BucketPutStatus status)
    {
        var epoch = await EpochAsync();
        var job = await FinishedAsync();
        var put = (await ClaimAsync(epoch)).Single();
        var tried = status == BucketPutStatus.Delivered ? Success : Failure;

        (await RecordAsync(put, epoch, tried, new(status))).ShouldBeTrue();

        (await Puts.ListAsync(job.Id, default)).Single().ShouldBe(
            put with { Status = status, Outcome = tried.Outcome, DueAt = null, EndedAt = tried.EndedAt, Url = null, Attempts = 1 });
        (await RecordAsync(put, epoch, tried, new(status))).ShouldBeFalse();
        (await Puts.ListDueTargetsAsync(Start.AddYears(1), "", 10, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task RecordAsync_WhenTheClaimIsAnothers_WritesNothing()
    {
        var epoch = await EpochAsync();
        var job = await FinishedAsync();
        var put = (await ClaimAsync(epoch)).Single();
        (await Puts.ReleaseOrphanedAsync(default)).ShouldBe(0);
        await Nodes.TakeOverAsync(Start.AddDays(1), default);
        (await Puts.ReleaseOrphanedAsync(default)).ShouldBe(1);

        (await RecordAsync(put, epoch, Success, new(BucketPutStatus.Delivered))).ShouldBeFalse();

        (await Puts.ListAsync(job.Id, default)).ShouldBe([put]);
        var next = await Nodes.RegisterAsync("node-2", Start.AddDays(9), expireOthers: true, default);
        (await Puts.ClaimAsync(Claim(next, Later) with { Node = "node-2" }, default)).ShouldBe([put]);
    }

    [Fact]
    public async Task RecordAsync_WhenTheLastOfAJobEnded_IsToldOnceToThoseWhoWantToKnow()
    {
        var epoch = await EpochAsync();
        var all = NewEndpoint() with { Events = [.. WebhookEvents.All] };
        await Endpoints.AddAsync(all, "whsec_1", 10, default);
        await Endpoints.AddAsync(NewEndpoint(), "whsec_1", 10, default);
        var wish = new WebhookWish { Url = "https://a.example/hook" };
        var job = await FinishedAsync(job: NewJob(count: 2) with { Webhook = wish });
        var claimed = await ClaimAsync(epoch);

        await RecordAsync(claimed[1], epoch, Failure, Again);
        await RecordAsync(claimed[0], epoch, Success, new(BucketPutStatus.Delivered));
        (await OutputsAsync()).ShouldBeEmpty("one is under way");
        await RecordAsync((await ClaimAsync(epoch, Again.DueAt!.Value)).Single(), epoch, Failure, new(BucketPutStatus.Failed));

        var told = await OutputsAsync();
        told.Select(d => (d.Endpoint, d.Url, d.Event, d.Job, d.Sequence, d.CreatedAt)).ShouldBe(
        [
            (all.Id, null, WebhookEvents.OutputFailed, job.Id, job.LastEvent + 1, Failure.EndedAt),
            (null, wish.Url, WebhookEvents.OutputFailed, job.Id, job.LastEvent + 1, Failure.EndedAt),
        ]);
        foreach (var delivery in told)
        {
            // Not before the receiver has heard all of the job itself.
            (await Deliveries.ClaimAsync(new(delivery.Target, "node-1", epoch, Later.AddMinutes(1), 10), default)).ShouldNotContain(d => d.Id == delivery.Id);
        }
    }

    [Fact]
    public async Task RecordAsync_WhenAllArrived_SaysSo()
    {
        var epoch = await EpochAsync();
        await Endpoints.AddAsync(NewEndpoint() with { Events = [WebhookEvents.OutputDelivered, WebhookEvents.OutputFailed] }, "whsec_1", 10, default);
        await FinishedAsync(job: NewJob(count: 2));

        foreach (var put in await ClaimAsync(epoch))
        {
            await RecordAsync(put, epoch, Success, new(BucketPutStatus.Delivered));
        }

        (await OutputsAsync()).Single().Event.ShouldBe(WebhookEvents.OutputDelivered);
    }

    [Fact]
    public async Task ListDueTargetsAsync_WhenSeveralReceiversWait_NamesEachOnce()
    {
        string[] hosts = ["https://a.example", "https://b.example", "https://c.example"];
        foreach (var host in hosts.Concat(hosts))
        {
            await FinishedAsync(url: $"{host}/x?sig=1");
        }

        var names = hosts.Select(h => $"{Tenant} {h}").ToList();
        (await Puts.ListDueTargetsAsync(Later, "", 10, default)).ShouldBe(names);
        (await Puts.ListDueTargetsAsync(Later, "", 2, default)).ShouldBe(names.Take(2));
        (await Puts.ListDueTargetsAsync(Later, names[0], 10, default)).ShouldBe(names.Skip(1));
    }

    [Fact]
    public async Task PruneAsync_WhenTheJobGoes_ItsPutsGoToo()
    {
        var job = await FinishedAsync();
        await Outbox.DeleteAsync([.. (await ReadOutboxAsync(10)).Select(r => r.Id)], default);

        await Jobs.PruneAsync(Start.AddYears(1), Start, Start.AddYears(1), 10, default);

        (await Jobs.LoadAsync(job.Id, default)).ShouldBeNull();
        (await Puts.ListAsync(job.Id, default)).ShouldBeEmpty();
    }

    private async Task<JobState> AcceptedAsync(NewJob job, params string[] urls)
    {
        var insert = Accept(job with { BucketUrls = [.. urls] }) with { BucketUrls = [.. urls] };
        (await Jobs.InsertAsync(insert, default)).ShouldBe(new InsertAnswer.Inserted());
        return insert.State;
    }

    /// <summary>A job whose pictures are all there.</summary>
    protected async Task<JobState> FinishedAsync(DateTimeOffset? at = null, NewJob? job = null, string url = Url)
    {
        job ??= NewJob();
        var state = await AcceptedAsync(job, [.. Enumerable.Range(0, job.Spec.Count).Select(slot => $"{url}&slot={slot}")]);
        for (var attempt = 1; attempt <= job.Spec.Count; attempt++)
        {
            state = await Jobs.ToldAsync(state, Sending(attempt));
        }

        for (var attempt = 1; attempt <= job.Spec.Count; attempt++)
        {
            state = await Jobs.ToldAsync(state, Succeeded(attempt, attempt - 1, at ?? End), Until);
        }

        return state;
    }

    protected Task<long> EpochAsync() => Nodes.RegisterAsync("node-1", Start.AddDays(1), expireOthers: true, default);

    private static DeliveryClaim Claim(long epoch, DateTimeOffset now) => new($"{Tenant} https://s3.example:9000", "node-1", epoch, now, 10);

    private Task<IReadOnlyList<BucketPut>> ClaimAsync(long epoch, DateTimeOffset? now = null) => Puts.ClaimAsync(Claim(epoch, now ?? Later), default);

    private Task<bool> RecordAsync(BucketPut put, long epoch, DeliveryTry tried, BucketMove move)
        => Puts.RecordAsync(new(put, "node-1", epoch, tried, move), default);

    /// <summary>What webhooks tell of it, endpoints first.</summary>
    private async Task<List<Delivery>> OutputsAsync()
        => [.. (await Deliveries.ListAsync(new(Tenant, 100), default)).Where(d => d.Event.StartsWith("job.output", StringComparison.Ordinal)).OrderBy(d => d.Endpoint is null)];
}
