using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Tests.Jobs;

namespace MPilot.Jobs.Domain.Tests.Properties;

/// <summary>A script played out: the accepted job, and every telling in order.</summary>
internal sealed record Playthrough(Transition Accepted, IReadOnlyList<Telling> Told)
{
    public JobState Last => Told.Count == 0 ? Accepted.State : Told[^1].After;

    /// <summary>All events, in the order they were raised.</summary>
    public IEnumerable<JobEvent> Events => Accepted.Events.Concat(Told.SelectMany(t => t.Answer.Events));

    /// <summary>Every attempt as it was when it was intended, before any of its slots was filled from elsewhere.</summary>
    public IEnumerable<Attempt> Intents => Accepted.State.Attempts.Concat(Told.SelectMany(t => t.NewAttempts));

    public static Playthrough Of(Script script)
    {
        var accepted = JobTransitions.Accept(Sample.Job(script.Count, script.Chain));
        var (state, now) = (accepted.State, Sample.Start);
        var told = new List<Telling>();
        foreach (var roll in script.Rolls)
        {
            now += Dealer.Gap(roll);
            var fact = Dealer.Deal(roll, state, now, told);
            var telling = new Telling(state, fact, JobTransitions.Apply(state, fact));
            told.Add(telling);
            (state, now) = (telling.After, fact.At > now ? fact.At : now);
        }

        return new(accepted, told);
    }
}
