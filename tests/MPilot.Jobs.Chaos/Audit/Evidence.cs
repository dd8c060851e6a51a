using MPilot.Jobs.Chaos.Callers;
using MPilot.Jobs.Chaos.Plans;

namespace MPilot.Jobs.Chaos.Audit;

/// <summary>The three ledgers: what providers were asked for and sold, what we wrote down, and what callers and listeners saw.</summary>
internal sealed record Evidence
{
    /// <summary>By mark.</summary>
    public required IReadOnlyDictionary<string, JobPlan> Plans { get; init; }

    public required IReadOnlyCollection<Answer> Answers { get; init; }

    public required IReadOnlyCollection<EventReading> Readings { get; init; }

    /// <summary>By mark, how many requests got no answer.</summary>
    public required IReadOnlyDictionary<string, int> Unanswered { get; init; }

    /// <summary>What the service showed in the end, by job.</summary>
    public required IReadOnlyDictionary<string, JobView> Views { get; init; }

    /// <summary>What the store holds, by job.</summary>
    public required IReadOnlyDictionary<string, BookedJob> Books { get; init; }

    /// <summary>What nobody owns.</summary>
    public required IReadOnlyList<string> Leftovers { get; init; }

    public required IReadOnlyList<ProviderCall> Calls { get; init; }

    /// <summary>Of a provider whose calls at once were counted; <c>null</c>: of none.</summary>
    public GateFindings? Gate { get; init; }

    /// <summary>The jobs that were made for each request.</summary>
    public ILookup<string, BookedJob> JobsByMark => Books.Values.ToLookup(b => b.Mark, StringComparer.Ordinal);
}
