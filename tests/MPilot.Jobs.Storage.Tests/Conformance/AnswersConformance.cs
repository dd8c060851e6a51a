using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Tests.Samples;

using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.Conformance;

/// <summary>Which job a request without key belongs to.</summary>
public abstract class AnswersConformance : StoreConformance
{
    private static readonly Listener Listener = new("key_1", "print-1", "node-1", 1) { Window = TimeSpan.FromMinutes(10) };

    private static readonly Listener Again = Listener with { AsksAgain = true };

    [Fact]
    public async Task InsertAsync_WhenSomebodyListens_MakesAnotherJob()
    {
        await ListenedToAsync();

        (await AskAsync(Listener)).ShouldBe(new InsertAnswer.Inserted());
    }

    [Fact]
    public async Task InsertAsync_WhenTheCallerSaysItAsksAgain_AttachesToTheNewestJob()
    {
        await ListenedToAsync();
        var newest = await ListenedToAsync();

        (await AskAsync(Again)).ShouldBe(new InsertAnswer.Attaches(newest.Id, 2));
        (await AskAsync(Again)).ShouldBe(new InsertAnswer.Attaches(newest.Id, 3));
    }

    [Fact]
    public async Task InsertAsync_WhenTheListenerLeft_AttachesOneAndNotTwo()
    {
        var job = await ListenedToAsync();
        await NoteAsync(job, 1, AnswerStatus.Orphaned);

        (await AskAsync(Listener)).ShouldBe(new InsertAnswer.Attaches(job.Id, 2));
        (await AskAsync(Listener)).ShouldBe(new InsertAnswer.Inserted());
    }

    [Fact]
    public async Task InsertAsync_WhenManyRaceForAnOrphan_OneAttachesAndTheOthersMakeTheirOwn()
    {
        var job = await ListenedToAsync();
        await NoteAsync(job, 1, AnswerStatus.Orphaned);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => AskAsync(Listener)));

        answers.Count(a => a == new InsertAnswer.Attaches(job.Id, 2)).ShouldBe(1);
        answers.OfType<InsertAnswer.Inserted>().Count().ShouldBe(49);
    }

    [Fact]
    public async Task NoteAnswersAsync_WhenAnotherListensSince_ChangesNothing()
    {
        var job = await ListenedToAsync();
        await AskAsync(Again);

        await NoteAsync(job, 1, AnswerStatus.Orphaned);
        (await AskAsync(Listener)).ShouldBe(new InsertAnswer.Inserted());

        await NoteAsync(job, 2, AnswerStatus.Orphaned);
        (await AskAsync(Listener)).ShouldBe(new InsertAnswer.Attaches(job.Id, 3));
    }

    [Theory]
    [InlineData("tenant")]
    [InlineData("virtual key")]
    [InlineData("fingerprint")]
    public async Task InsertAsync_WhenTheOrphanIsNotAlike_MakesAJob(string difference)
    {
        var job = await ListenedToAsync();
        await NoteAsync(job, 1, AnswerStatus.Orphaned);
        var listener = difference switch
        {
            "virtual key" => Again with { VirtualKey = "key_2" },
            "fingerprint" => Again with { Fingerprint = "print-2" },
            _ => Again,
        };

        (await AskAsync(listener, tenant: difference == "tenant" ? "another" : Tenant)).ShouldBe(new InsertAnswer.Inserted());
    }

    [Theory]
    [InlineData(AnswerStatus.Orphaned, 599, true)]
    [InlineData(AnswerStatus.Orphaned, 600, false)]
    [InlineData(AnswerStatus.Delivered, 1, false)]
    public async Task InsertAsync_WhenTheJobHasSucceeded_AttachesWithinTheWindowIfItsAnswerDidNotArrive(AnswerStatus answer, int secondsLater, bool attaches)
    {
        var job = await FinishedAsync();
        await NoteAsync(job, 1, answer);

        var found = await AskAsync(Again, Start.AddSeconds(3 + secondsLater));

        found.ShouldBe(attaches ? new InsertAnswer.Attaches(job.Id, 2) : new InsertAnswer.Inserted());
    }

    [Theory]
    [InlineData(AnswerStatus.Awaited)]
    [InlineData(AnswerStatus.Orphaned)]
    [InlineData(AnswerStatus.Delivered)]
    public async Task InsertAsync_WhenTheJobFailedAMomentAgo_ReplaysIt(AnswerStatus answer)
    {
        var job = await FailedAsync();
        await NoteAsync(job, 1, answer);

        (await AskAsync(Listener, Start.AddSeconds(12.9))).ShouldBe(new InsertAnswer.Replays(job.Id));

        // A refusal will not pass: who missed it is told.
        var later = await AskAsync(Listener, Start.AddSeconds(13));
        later.ShouldBe(answer == AnswerStatus.Orphaned ? new InsertAnswer.Attaches(job.Id, 2) : new InsertAnswer.Inserted());
    }

    [Fact]
    public async Task OrphanAnswersAsync_WhenTheListenersNodeIsGone_LetsRepeatsAttach()
    {
        var alive = await Nodes.RegisterAsync("alive", Start.AddHours(1), expireOthers: false, default);
        var kept = await ListenedToAsync(Listener with { Fingerprint = "print-kept", Node = "alive", Epoch = alive });
        var left = await ListenedToAsync(Listener with { Node = "gone" });

        (await Jobs.OrphanAnswersAsync(Start, default)).ShouldBe(1);

        (await AskAsync(Listener with { Node = "alive", Epoch = alive })).ShouldBe(new InsertAnswer.Attaches(left.Id, 2));
        (await AskAsync(Listener with { Fingerprint = "print-kept" })).ShouldBe(new InsertAnswer.Inserted());
        (await Jobs.LoadAsync(kept.Id, default))!.Version.ShouldBe(1);
    }

    [Fact]
    public async Task InsertAsync_WhenItAttaches_LetsItsOwnUploadGo()
    {
        var job = await ListenedToAsync();
        var upload = NewArtifact();
        await Artifacts.AddAsync([upload], Start.AddHours(1), default);
        var insert = Accept(NewJob(), null, upload.Artifact.Id) with { Listener = Again };

        (await Jobs.InsertAsync(insert, default)).ShouldBe(new InsertAnswer.Attaches(job.Id, 2));

        (await Jobs.LoadAsync(insert.State.Id, default)).ShouldBeNull();
        (await Artifacts.MarkDeletingAsync(Start, 10, default)).ShouldBe([upload.Artifact.Id]);
    }

    [Fact]
    public async Task PruneAsync_WhenAJobGoes_ForgetsItsListeners()
    {
        var job = await FinishedAsync();
        await NoteAsync(job, 1, AnswerStatus.Orphaned);
        await Outbox.DeleteAsync([.. (await ReadOutboxAsync(100)).Select(r => r.Id)], default);

        await Jobs.PruneAsync(Start, Start, Start.AddDays(1), 100, default);

        (await AskAsync(Again, Start.AddSeconds(4))).ShouldBe(new InsertAnswer.Inserted());
    }

    private Task<InsertAnswer> AskAsync(Listener listener, DateTimeOffset? at = null, string tenant = Tenant)
        => Jobs.InsertAsync(Accept(NewJob(tenant, at: at)) with { Listener = listener }, default);

    private async Task<JobState> ListenedToAsync(Listener? listener = null)
    {
        var insert = Accept(NewJob()) with { Listener = listener ?? Listener };
        (await Jobs.InsertAsync(insert, default)).ShouldBe(new InsertAnswer.Inserted());
        return insert.State;
    }

    /// <summary>Ended at three seconds past the start.</summary>
    private async Task<JobState> FinishedAsync()
    {
        var state = await Jobs.ToldAsync(await ListenedToAsync(), Sending());
        return await Jobs.ToldAsync(state, Succeeded());
    }

    private async Task<JobState> FailedAsync()
    {
        var state = await Jobs.ToldAsync(await ListenedToAsync(), Sending());
        return await Jobs.ToldAsync(state, Failed(FailureKind.Refused, 0));
    }

    private Task NoteAsync(JobState job, int listener, AnswerStatus answer) => Jobs.NoteAnswersAsync([new(job.Id, listener, answer, Start)], default);
}
