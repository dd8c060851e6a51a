using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Store;

public sealed class AttachRuleTests
{
    private static readonly Listener Listener = new("", "print", "node", 1) { Window = TimeSpan.FromMinutes(10) };

    private readonly World _world = new();

    /// <summary>The life of the earlier job, how far its answer got, whether the caller says that it asks again, how long after the end: what the job is to it.</summary>
    [Theory]
    [InlineData("running", AnswerStatus.Awaited, false, 0, AttachVerdict.None)]
    [InlineData("running", AnswerStatus.Awaited, true, 0, AttachVerdict.Attach)]
    [InlineData("running", AnswerStatus.Orphaned, false, 0, AttachVerdict.Attach)]
    [InlineData("running", AnswerStatus.Orphaned, true, 0, AttachVerdict.Attach)]
    [InlineData("canceling", AnswerStatus.Orphaned, true, 0, AttachVerdict.None)]
    [InlineData("canceled", AnswerStatus.Orphaned, true, 1, AttachVerdict.None)]
    [InlineData("succeeded", AnswerStatus.Awaited, false, 1, AttachVerdict.None)]
    [InlineData("succeeded", AnswerStatus.Awaited, true, 1, AttachVerdict.Attach)]
    [InlineData("succeeded", AnswerStatus.Orphaned, false, 599, AttachVerdict.Attach)]
    [InlineData("succeeded", AnswerStatus.Orphaned, true, 600, AttachVerdict.None)]
    [InlineData("succeeded", AnswerStatus.Delivered, true, 1, AttachVerdict.None)]
    [InlineData("failed", AnswerStatus.Awaited, false, 9, AttachVerdict.Replay)]
    [InlineData("failed", AnswerStatus.Orphaned, false, 9, AttachVerdict.Replay)]
    [InlineData("failed", AnswerStatus.Delivered, false, 9, AttachVerdict.Replay)]
    [InlineData("failed", AnswerStatus.Delivered, true, 10, AttachVerdict.None)]
    [InlineData("failed", AnswerStatus.Orphaned, true, 10, AttachVerdict.None)]
    [InlineData("refused", AnswerStatus.Delivered, false, 9, AttachVerdict.Replay)]
    [InlineData("refused", AnswerStatus.Orphaned, false, 10, AttachVerdict.Attach)]
    [InlineData("refused", AnswerStatus.Delivered, false, 10, AttachVerdict.None)]
    [InlineData("uncalled", AnswerStatus.Delivered, false, 1, AttachVerdict.None)]
    [InlineData("uncalled", AnswerStatus.Orphaned, true, 1, AttachVerdict.None)]
    public async Task Of_WhenAnEarlierJobIsAlike_SaysWhatItIsToTheRequest(
        string life, AnswerStatus answer, bool asksAgain, int secondsLater, AttachVerdict expected)
    {
        var job = await JobAsync(life);
        var now = (job.CompletedAt ?? job.ChangedAt).AddSeconds(secondsLater);

        AttachRule.Of(job, answer, Listener with { AsksAgain = asksAgain }, now).ShouldBe(expected);
    }

    private async Task<JobState> JobAsync(string life)
    {
        var now = _world.Time.GetUtcNow();
        var submission = await _world.SubmissionAsync();
        var accepted = JobTransitions.Accept(submission.Job).State;
        var running = JobTransitions.Apply(accepted, new JobFact.AttemptSending(now, 1, "main", "lea_1", "node", 1)).State;
        var ended = running with { CompletedAt = now.AddSeconds(1) };
        return life switch
        {
            "running" => running,
            "canceling" => running with { CancelRequested = true },
            "canceled" => ended with { Status = JobStatus.Canceled },
            "succeeded" => ended with { Status = JobStatus.Succeeded },
            "failed" => Failed(ended, FailureKind.Transient),
            "refused" => Failed(ended, FailureKind.Refused),
            "uncalled" => Failed(accepted with { CompletedAt = now.AddSeconds(1) }, FailureKind.Quota),
            _ => throw new ArgumentOutOfRangeException(nameof(life)),
        };
    }

    private static JobState Failed(JobState job, FailureKind kind) => job with { Status = JobStatus.Failed, Failure = new(new AttemptFailure(kind), 1) };
}
