using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Tests.Samples;

using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.Conformance;

public abstract class IdempotencyConformance : StoreConformance
{
    private static readonly IdempotencyKey Key = new("order-7", "print-1", Start.AddHours(24));

    [Fact]
    public async Task InsertAsync_WhenTheKeyComesWithTheSameFingerprint_NamesTheFirstJob()
    {
        var first = await Jobs.AcceptedAsync(NewJob(), Key);
        var repeat = Accept(NewJob(), Key);

        (await Jobs.InsertAsync(repeat, default)).ShouldBe(new InsertAnswer.Repeats(first.Id));

        (await Jobs.LoadAsync(repeat.State.Id, default)).ShouldBeNull();
        (await ReadOutboxAsync(10)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task InsertAsync_WhenTheKeyComesWithAnotherFingerprint_IsRefused()
    {
        await Jobs.AcceptedAsync(NewJob(), Key);
        var other = Accept(NewJob(), Key with { Fingerprint = "print-2" });

        (await Jobs.InsertAsync(other, default)).ShouldBe(new InsertAnswer.KeyReused());

        (await Jobs.LoadAsync(other.State.Id, default)).ShouldBeNull();
    }

    [Theory]
    [InlineData(FailureKind.Transient, true)]
    [InlineData(FailureKind.RateLimited, true)]
    [InlineData(FailureKind.InvalidInput, false)]
    [InlineData(FailureKind.Refused, false)]
    public async Task InsertAsync_WhenTheKeysJobHasFailed_TakesTheKeyOverOnlyIfItMayPass(FailureKind kind, bool taken)
    {
        var first = await Jobs.AcceptedAsync(NewJob(), Key);
        var failure = new JobFailure(new AttemptFailure(kind), 1);
        var failed = first with { Version = first.Version + 1, Status = JobStatus.Failed, Failure = failure, CompletedAt = Start };
        await Jobs.SaveAsync(new(failed, [], [], Start), default);
        var again = Accept(NewJob(), Key);

        var answer = await Jobs.InsertAsync(again, default);
        var other = await Jobs.InsertAsync(Accept(NewJob(), Key with { Fingerprint = "print-other" }), default);

        answer.ShouldBe(taken ? new InsertAnswer.Inserted() : new InsertAnswer.Repeats(first.Id));
        (await Jobs.FindKeyAsync(Tenant, Key.Key, Start, default))!.Job.ShouldBe(taken ? again.State.Id : first.Id);
        other.ShouldBe(new InsertAnswer.KeyReused());
    }

    [Fact]
    public async Task InsertAsync_WhenTheKeyIsAnotherTenants_IsFree()
    {
        await Jobs.AcceptedAsync(NewJob("shop-a"), Key);

        await Jobs.AcceptedAsync(NewJob("shop-b"), Key with { Fingerprint = "print-2" });
    }

    [Fact]
    public async Task InsertAsync_WhenTheKeyHasExpired_TakesIt()
    {
        await Jobs.AcceptedAsync(NewJob(), Key);
        var next = NewJob(at: Key.ExpiresAt);

        await Jobs.AcceptedAsync(next, new("order-7", "print-2", Key.ExpiresAt.AddHours(24)));

        (await Jobs.FindKeyAsync(Tenant, "order-7", Key.ExpiresAt, default)).ShouldBe(new KeyHolder(next.Id, "print-2"));
    }

    [Fact]
    public async Task InsertAsync_WhenManyRaceForOneKey_OneWinsAndTheOthersNameIt()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Jobs.InsertAsync(Accept(NewJob(), Key), default)));

        answers.OfType<InsertAnswer.Inserted>().Count().ShouldBe(1);
        var holder = await Jobs.FindKeyAsync(Tenant, Key.Key, Start, default);
        answers.OfType<InsertAnswer.Repeats>().Select(r => r.Job).ShouldBe(Enumerable.Repeat(holder!.Job, 49));
    }

    [Fact]
    public async Task InsertAsync_WhenItFailsAfterTheKey_LeavesTheKeyFree()
    {
        await Should.ThrowAsync<ArtifactGoneException>(() => Jobs.InsertAsync(Accept(NewJob(), Key, "art_missing"), default));

        (await Jobs.FindKeyAsync(Tenant, Key.Key, Start, default)).ShouldBeNull();
        await Jobs.AcceptedAsync(NewJob(), Key);
    }

    [Fact]
    public async Task FindKeyAsync_WhenExpiredOrUnknown_IsNull()
    {
        await Jobs.AcceptedAsync(NewJob(), Key);

        (await Jobs.FindKeyAsync(Tenant, Key.Key, Key.ExpiresAt.AddMilliseconds(-1), default)).ShouldNotBeNull();
        (await Jobs.FindKeyAsync(Tenant, Key.Key, Key.ExpiresAt, default)).ShouldBeNull();
        (await Jobs.FindKeyAsync("other", Key.Key, Start, default)).ShouldBeNull();
        (await Jobs.FindKeyAsync(Tenant, "order-8", Start, default)).ShouldBeNull();
    }
}
