using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Jobs;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Domain.Tests.Properties;

/// <summary>The properties are worth only what the scripts reach: this holds the scripts to it.</summary>
public sealed class ScriptCoverageTests
{
    [Fact]
    public void Scripts_OverACampaign_ReachEveryVerdictStatusAndRareTurn()
    {
        var plays = new List<Playthrough>();
        Scripts.Check(plays.Add);
        var told = plays.SelectMany(p => p.Told).ToList();

        plays.Count.ShouldBeGreaterThanOrEqualTo(500);
        told.Count.ShouldBeGreaterThan(15_000);
        told.Count(t => t.Answer.Verdict == Verdict.Applied && !t.Before.IsFinal).ShouldBeGreaterThan(4_000);
        told.Select(t => t.Answer.Reason).Distinct().Order().ShouldBe(
            [null, "attempt_already_taken", "attempt_not_sent", "deadline_passed", "no_step_left", "no_such_attempt", "other_provider_job"]);
        plays.Select(p => p.Last.Status).Distinct().Order().ShouldBe(Enum.GetValues<JobStatus>());
        plays.SelectMany(p => p.Last.Attempts).Select(a => a.Status).Distinct().Order().ShouldBe(Enum.GetValues<AttemptStatus>());

        Often(told, "a lost picture fills an open slot", t => IsLatePicture(t) && t.Answer.Events.Any(e => e is JobEvent.PictureCompleted));
        Often(told, "a lost picture is only ledgered", t => IsLatePicture(t) && t.Before.IsFinal && t.Answer.Verdict == Verdict.Applied);
        Often(told, "a repeat loses some of its slots", t => t.Before.Attempts.Zip(t.After.Attempts).Any(p => p.Second.Slots.Length < p.First.Slots.Length));
        Often(told, "a fall-back", t => t.NewAttempts.Any(a => a.Step > t.Before.Attempts[0].Step));
        Often(told, "a key is changed", t => t.After.Slots.Zip(t.Before.Slots).Any(p => p.First.KeysTried.Length > p.Second.KeysTried.Length));
        Often(told, "a closed gate is passed by", t => t.Fact is JobFact.GateClosed && t.Answer.Verdict == Verdict.Applied);
        Often(told, "an orphan is lost", t => t.Fact is JobFact.AttemptOrphaned && t.Answer.Verdict == Verdict.Applied && t.After.Version > t.Before.Version);
        Often(told, "an orphan is taken up", t => t.Fact is JobFact.AttemptTakenUp && t.Answer.Verdict == Verdict.Applied);
        Often(told, "a due time passes", t => t.Fact is JobFact.ClockReached && t.Answer.Verdict == Verdict.Applied && !t.After.IsFinal);
        Often(told, "the deadline ends a job", t => t.Fact is JobFact.ClockReached && t.After.IsFinal && !t.Before.IsFinal);
        Often(told, "a picture beats a cancel", t => t.Before.CancelRequested && t.After.Status == JobStatus.Succeeded && !t.Before.IsFinal);
        Often(told, "a call outlives its job", t => t.After.IsFinal && t.After.Attempts.Any(a => a.IsInFlight));
    }

    private static bool IsLatePicture(Telling t)
        => t.Fact is JobFact.AttemptEnded { Outcome: AttemptOutcome.Succeeded } e && t.Before.FindAttempt(e.Attempt)?.Status == AttemptStatus.Lost;

    private static void Often(List<Telling> told, string turn, Func<Telling, bool> happened)
        => told.Count(happened).ShouldBeGreaterThan(10, turn);
}
