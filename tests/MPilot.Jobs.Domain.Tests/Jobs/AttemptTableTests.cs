using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Domain.Tests.Jobs;

/// <summary>Every fact about an attempt, told in every status of that attempt. The second slot keeps the job open.</summary>
public sealed class AttemptTableTests
{
    private static readonly Dictionary<string, Func<Story, Story>> Facts = new(StringComparer.Ordinal)
    {
        ["granted"] = s => s.Tell(new JobFact.GateGranted(s.Now, 1, "key", "lease")),
        ["gate closed"] = s => s.Tell(new JobFact.GateClosed(s.Now, 1)),
        ["sending"] = s => s.Send(1),
        ["sending, other lease"] = s => s.Send(1, lease: "other"),
        ["sending, other epoch"] = s => s.Send(1, epoch: 2),
        ["sending, other node"] = s => s.Send(1, node: "other"),
        ["accepted"] = s => s.Accept(1),
        ["accepted, other id"] = s => s.Accept(1, "other"),
        ["orphaned"] = s => s.Tell(new JobFact.AttemptOrphaned(s.Now, 1, 1, 0)),
        ["orphaned, other epoch"] = s => s.Tell(new JobFact.AttemptOrphaned(s.Now, 1, 2, 0)),
        ["taken up"] = s => s.Tell(new JobFact.AttemptTakenUp(s.Now, 1, "other", 2, From: 1)),
        ["taken up, other epoch"] = s => s.Tell(new JobFact.AttemptTakenUp(s.Now, 1, "other", 3, From: 2)),
        ["taken up, by itself"] = s => s.Tell(new JobFact.AttemptTakenUp(s.Now, 1, "node", 1, From: 0)),
        ["succeeded"] = s => s.End(1, Sample.Pictures(0)),
        ["failed"] = s => s.End(1, Sample.Failed(FailureKind.InvalidInput)),
        ["canceled"] = s => s.End(1, new AttemptOutcome.Canceled()),
        ["lost"] = s => s.End(1, new AttemptOutcome.Lost()),
    };

    [Theory]
    [InlineData("granted", "Applied Ignored Ignored Ignored Ignored Ignored Ignored")]
    [InlineData("gate closed", "Applied Ignored Ignored Ignored Ignored Ignored Ignored")]
    [InlineData("sending", "Applied Ignored taken taken taken taken taken")]
    [InlineData("sending, other lease", "Applied taken taken taken taken taken taken")]
    [InlineData("sending, other epoch", "Applied taken taken taken taken taken taken")]
    [InlineData("sending, other node", "Applied taken taken taken taken taken taken")]
    [InlineData("accepted", "unsent Applied Ignored Ignored Ignored Ignored Ignored")]
    [InlineData("accepted, other id", "unsent Applied other Ignored Ignored Ignored Ignored")]
    [InlineData("orphaned", "Ignored Applied Applied Ignored Ignored Ignored Ignored")]
    [InlineData("orphaned, other epoch", "Ignored Ignored Ignored Ignored Ignored Ignored Ignored")]
    [InlineData("taken up", "taken taken Applied taken taken taken taken")]
    [InlineData("taken up, other epoch", "taken taken taken taken taken taken taken")]
    [InlineData("taken up, by itself", "taken Ignored Ignored taken taken taken taken")]
    [InlineData("succeeded", "unsent Applied Applied Ignored Ignored Ignored Applied")]
    [InlineData("failed", "unsent Applied Applied Ignored Ignored Ignored Ignored")]
    [InlineData("canceled", "unsent Applied Applied Ignored Ignored Ignored Ignored")]
    [InlineData("lost", "unsent Applied Applied Ignored Ignored Ignored Ignored")]
    public void Apply_WhenAnAttemptIsInAStatus_TakesIgnoresOrRefusesByName(string fact, string expected)
    {
        var verdicts = Enum.GetValues<AttemptStatus>().Select(status => VerdictOf(fact, status));

        string.Join(' ', verdicts).ShouldBe(expected);
    }

    [Theory]
    [InlineData("sending", AttemptStatus.Intended, AttemptStatus.Sending, JobStatus.Running)]
    [InlineData("gate closed", AttemptStatus.Intended, AttemptStatus.Failed, JobStatus.Queued)]
    [InlineData("orphaned", AttemptStatus.Sending, AttemptStatus.Lost, JobStatus.Waiting)]
    [InlineData("taken up", AttemptStatus.Accepted, AttemptStatus.Accepted, JobStatus.Running)]
    [InlineData("accepted", AttemptStatus.Sending, AttemptStatus.Accepted, JobStatus.Running)]
    [InlineData("succeeded", AttemptStatus.Sending, AttemptStatus.Succeeded, JobStatus.Waiting)]
    [InlineData("succeeded", AttemptStatus.Accepted, AttemptStatus.Succeeded, JobStatus.Waiting)]
    [InlineData("succeeded", AttemptStatus.Lost, AttemptStatus.Succeeded, JobStatus.Waiting)]
    [InlineData("failed", AttemptStatus.Sending, AttemptStatus.Failed, JobStatus.Waiting)]
    [InlineData("failed", AttemptStatus.Accepted, AttemptStatus.Failed, JobStatus.Waiting)]
    [InlineData("canceled", AttemptStatus.Accepted, AttemptStatus.Canceled, JobStatus.Waiting)]
    [InlineData("lost", AttemptStatus.Sending, AttemptStatus.Lost, JobStatus.Waiting)]
    [InlineData("lost", AttemptStatus.Accepted, AttemptStatus.Lost, JobStatus.Waiting)]
    public void Apply_WhenAFactHolds_MovesTheAttemptAndTheJob(string fact, AttemptStatus from, AttemptStatus to, JobStatus job)
    {
        var story = InStatus(from);
        var version = story.State.Version;

        Facts[fact](story);

        story.Attempt(1).Status.ShouldBe(to);
        story.State.Status.ShouldBe(job);
        story.State.Version.ShouldBe(version + 1);
        story.State.ChangedAt.ShouldBe(story.Now);
    }

    [Fact]
    public void Apply_WhenAnAttemptGoesThroughItsLife_TakesDownWhoAndWhenAndRaisesItsEvents()
    {
        var usage = new Usage(1, null, null, 2, null, null, 3);
        var story = new Story(1, Sample.Step()).Send(1).Accept(1);
        story.Last.Events.ShouldBeEmpty();
        story.End(1, new AttemptOutcome.Succeeded([Sample.Picture(0)], usage, "high", "opaque"));

        story.Attempt(1).ShouldBe(story.Attempt(1) with
        {
            Key = "key", Lease = "lease", Node = "node", Epoch = 1, ProviderJobId = "upstream",
            SentAt = Sample.Start.AddSeconds(1), EndedAt = Sample.Start.AddSeconds(3),
            Usage = usage, Quality = "high", Background = "opaque", Failure = null,
        });
        story.Events.ShouldBe([
            new JobEvent.Accepted(1, Sample.Start),
            new JobEvent.AttemptStarted(2, Sample.Start.AddSeconds(1), 1, "openai", "gpt-image-2"),
            new JobEvent.AttemptFinished(3, story.Now, 1, "openai", "gpt-image-2", AttemptStatus.Succeeded, null, null),
            new JobEvent.PictureCompleted(4, story.Now, 1, Sample.Picture(0), new(0, "openai", "gpt-image-2", "high", "opaque", usage)),
            new JobEvent.Finalized(5, story.Now, JobStatus.Succeeded, null),
        ]);
        story.State.CompletedAt.ShouldBe(story.Now);
        story.State.DueAt.ShouldBeNull();
    }

    [Fact]
    public void Apply_WhenAnAttemptFailsForGood_RaisesTheFailureOfItsSlotAndTheEnd()
    {
        var story = new Story(1, Sample.Step()).Make(1, Sample.Failed(FailureKind.InvalidInput));

        story.Last.Events.ShouldBe([
            new JobEvent.AttemptFinished(3, story.Now, 1, "openai", "gpt-image-2", AttemptStatus.Failed, FailureKind.InvalidInput, 500),
            new JobEvent.PictureFailed(4, story.Now, 0, FailureKind.InvalidInput),
            new JobEvent.Finalized(5, story.Now, JobStatus.Failed, FailureKind.InvalidInput),
        ]);
        story.State.Failure.ShouldNotBeNull().Attempt.ShouldBe(1);
    }

    [Fact]
    public void Apply_WhenAGrantHolds_StoresNothing()
    {
        var story = new Story(1, Sample.Step());
        var before = story.State;

        story.Tell(new JobFact.GateGranted(story.Now, 1, "key", "lease")).MustBe(Verdict.Applied);

        story.State.ShouldBeSameAs(before);
        story.Last.Events.ShouldBeEmpty();
    }

    [Fact]
    public void Apply_WhenAnOrphanCanBeAskedAfter_StoresNothing()
    {
        var story = new Story(1, Sample.Step()).Send(1).Accept(1);
        var before = story.State;

        story.Tell(new JobFact.AttemptOrphaned(story.Now, 1, 1, 0)).MustBe(Verdict.Applied);

        story.State.ShouldBeSameAs(before);
        story.Last.Events.ShouldBeEmpty();
    }

    [Fact]
    public void Apply_WhenTakenUp_IsTheNewRunnersCall()
    {
        var story = new Story(1, Sample.Step()).Send(1).Accept(1).Tell(new JobFact.AttemptTakenUp(Sample.Start, 1, "other", 2, From: 1));

        (story.Attempt(1).Node, story.Attempt(1).Epoch).ShouldBe(("other", 2));
        story.Tell(new JobFact.AttemptOrphaned(story.Now, 1, 1, 0)).MustBe(Verdict.Ignored);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(2)]
    public void Apply_WhenThereIsNoSuchAttempt_RefusesByName(int attempt)
    {
        var story = new Story(1, Sample.Step());
        var before = story.State;
        JobFact[] facts = [
            new JobFact.GateGranted(story.Now, attempt, "key", "lease"),
            new JobFact.GateClosed(story.Now, attempt),
            new JobFact.AttemptSending(story.Now, attempt, "key", "lease", "node", 1),
            new JobFact.AttemptOrphaned(story.Now, attempt, 1, 0),
            new JobFact.AttemptTakenUp(story.Now, attempt, "node", 2, 1),
            new JobFact.AttemptAccepted(story.Now, attempt, "upstream"),
            new JobFact.AttemptEnded(story.Now, attempt, Sample.Pictures(0), 0),
        ];

        foreach (var fact in facts)
        {
            story.Tell(fact).MustBe(Verdict.Refused, "no_such_attempt");
            story.State.ShouldBeSameAs(before);
        }
    }

    private static string VerdictOf(string fact, AttemptStatus status)
    {
        var story = InStatus(status);
        var before = story.State;
        Facts[fact](story);
        if (story.Last.Verdict != Verdict.Applied)
        {
            story.State.ShouldBeSameAs(before);
            story.Last.Events.ShouldBeEmpty();
        }

        return story.Last.Reason switch
        {
            null => story.Last.Verdict.ToString(),
            "attempt_already_taken" => "taken",
            "attempt_not_sent" => "unsent",
            "other_provider_job" => "other",
            var reason => reason,
        };
    }

    /// <summary>A job of two slots whose first attempt has come to a status.</summary>
    private static Story InStatus(AttemptStatus status)
    {
        var story = new Story(2, Sample.Step(), Sample.Step());
        return status switch
        {
            AttemptStatus.Intended => story,
            AttemptStatus.Sending => story.Send(1),
            AttemptStatus.Accepted => story.Send(1).Accept(1),
            AttemptStatus.Succeeded => story.Make(1, Sample.Pictures(0)),
            AttemptStatus.Failed => story.Make(1, Sample.Failed(FailureKind.Transient)),
            AttemptStatus.Canceled => story.Make(1, new AttemptOutcome.Canceled()),
            _ => story.Make(1, new AttemptOutcome.Lost()),
        };
    }
}
