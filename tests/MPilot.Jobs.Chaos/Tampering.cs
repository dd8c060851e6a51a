using System.Collections.Immutable;

using MPilot.Jobs.Chaos.Audit;
using MPilot.Jobs.Chaos.Audit.Rules;
using MPilot.Jobs.Chaos.Callers;
using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Chaos;

/// <summary>Changes true evidence so that a promise would be broken: a rule that does not notice is none.</summary>
internal static class Tampering
{
    /// <summary>By name, the rule that has to notice and what is changed.</summary>
    public static IReadOnlyDictionary<string, (IRule Rule, Func<Evidence, Evidence> Tamper)> Lies { get; }
        = new Dictionary<string, (IRule, Func<Evidence, Evidence>)>(StringComparer.Ordinal)
        {
            ["an accepted job is gone"] = (new EndsOnceRule(), e => Without(e, e.Answers.First(a => a.Job is not null).Job!)),
            ["a job never ends"] = (new EndsOnceRule(), e => With(e, Any(e), b => b with { State = b.State with { Status = JobStatus.Waiting } })),
            ["a job ends twice"] = (new EndsOnceRule(), e => With(e, Any(e), b => b with { Events = [.. b.Events, b.Events[^1]] })),
            ["a call never ends"] = (new EndsOnceRule(), e => With(e, Called(e), b => b with { Calls = [b.Calls[0] with { Status = AttemptStatus.Sending }] })),
            ["a picture is cut"] = (new PicturesRule(), e => Show(e, v => v with { Downloads = [v.Downloads[0] with { IsWhole = false }, .. v.Downloads.Skip(1)] })),
            ["a picture is another"] = (new PicturesRule(), e => Show(e, v => v with { Downloads = [v.Downloads[0] with { Sha256 = "" }, .. v.Downloads.Skip(1)] })),
            ["a picture is missing"] = (new PicturesRule(), e => Show(e, v => v with { Downloads = [] })),
            ["a call is not in the ledger"] = (new CallsRule(), e => With(e, Called(e), b => b with { Calls = [] })),
            ["a call is made twice"] = (new CallsRule(), e => e with { Calls = [.. e.Calls, .. e.Calls] }),
            ["a purchase is in vain and called transient"] = (new PurchasesRule(), e => With(e, InVain(e), b => b with { Calls = [.. b.Calls.Select(Transient)] })),
            ["a success was not bought"] = (new PurchasesRule(), e => e with { Calls = [] }),
            ["a possible double is not marked"] = (new RepeatsRule(), e => With(e, Doubled(e), b => Mark(b, false))),
            ["everything is called a possible double"] = (new RepeatsRule(), e => With(e, Doubled(e), b => Mark(b, true))),
            ["a call is sent after the end"] = (new CancelRule(), e => With(e, Called(e), b => b with { State = b.State with { CompletedAt = DateTimeOffset.UnixEpoch } })),
            ["a call is sent after the cancel"]
                = (new CancelRule(), e => With(e, Called(e), b => b with { Events = [new JobEvent.CancelRequested(0, b.State.CreatedAt), .. b.Events] })),
            ["an answer has another status"] = (new AnswersRule(), e => Answer(e, a => a with { Status = 502 })),
            ["an answer has another picture"] = (new AnswersRule(), e => Answer(e, a => a with { Pictures = ["", .. a.Pictures.Skip(1)] })),
            ["the result is another"] = (new AnswersRule(), e => Show(e, v => v with { Result = (502, ImmutableArray<string>.Empty) })),
            ["a request is two jobs"]
                = (new OneJobRule(), e => e with { Books = new Dictionary<string, BookedJob>(e.Books, StringComparer.Ordinal) { ["twin"] = Succeeded(e) } }),
            ["a request is refused"] = (new OneJobRule(), e => Answer(e, a => a with { Job = null, Status = 409 })),
            ["a listener misses an event"] = (new EventsRule(), e => Listen(e, r => r with { Frames = [.. r.Frames.Skip(1)] })),
            ["a listener gets an event twice"] = (new EventsRule(), e => Listen(e, r => r with { Frames = [r.Frames[0], .. r.Frames] })),
            ["an event is not stored"] = (new EventsRule(), e => With(e, Any(e), b => b with { Events = [.. b.Events.Skip(1)] })),
            ["a file has no owner"] = (new LeftoversRule(), e => e with { Leftovers = ["file without a row"] }),
        };

    private static BookedJob Any(Evidence e) => e.Books.Values.First();

    private static BookedJob Called(Evidence e)
        => e.Books.Values.First(b => b.Calls.Count > 0 && e.JobsByMark[b.Mark].Count() == 1 && e.Calls.Any(c => c.Mark == b.Mark));

    private static BookedJob Succeeded(Evidence e) => e.Books.Values.First(b => b.State.Status == JobStatus.Succeeded);

    /// <summary>A job of one attempt that is marked, after one of the same step.</summary>
    private static BookedJob Doubled(Evidence e)
        => e.Books.Values.First(
            b => b.State.Attempts is [{ PossibleDoublePurchase: false, Step: 0 }, { PossibleDoublePurchase: true, Step: 0 }, ..] && b.State.Slots.Length == 1);

    /// <summary>A job of one request, whose every call was bought and one of them in vain.</summary>
    private static BookedJob InVain(Evidence e)
        => e.Books.Values.First(b => b.Calls.Any(PurchasesRule.MayBeInVain)
            && b.Calls.Count == e.Calls.Count(c => c.Mark == b.Mark && c.Record.Purchased) && e.JobsByMark[b.Mark].Count() == 1);

    private static Engine.Ledger.Purchase Transient(Engine.Ledger.Purchase call)
        => PurchasesRule.MayBeInVain(call) ? call with { Status = AttemptStatus.Failed, Failure = FailureKind.Transient } : call;

    private static BookedJob Mark(BookedJob job, bool isDouble)
        => job with { State = job.State with { Attempts = [.. job.State.Attempts.Select(a => a with { PossibleDoublePurchase = isDouble })] } };

    private static Evidence Without(Evidence e, string job) => e with
    {
        Books = e.Books.Where(b => b.Key != job).ToDictionary(StringComparer.Ordinal),
        Views = e.Views.Where(v => v.Key != job).ToDictionary(StringComparer.Ordinal),
    };

    private static Evidence With(Evidence e, BookedJob job, Func<BookedJob, BookedJob> tamper)
        => e with { Books = new Dictionary<string, BookedJob>(e.Books, StringComparer.Ordinal) { [job.State.Id] = tamper(job) } };

    private static Evidence Show(Evidence e, Func<JobView, JobView> tamper)
    {
        var job = Succeeded(e).State.Id;
        return e with { Views = new Dictionary<string, JobView>(e.Views, StringComparer.Ordinal) { [job] = tamper(e.Views[job]) } };
    }

    private static Evidence Answer(Evidence e, Func<Answer, Answer> tamper)
    {
        var answer = e.Answers.First(a => a.IsFinal && a.Status == 200);
        return e with { Answers = [.. e.Answers.Where(a => a != answer), tamper(answer)] };
    }

    private static Evidence Listen(Evidence e, Func<EventReading, EventReading> tamper)
        => e with { Readings = [tamper(e.Readings.First())] };
}
