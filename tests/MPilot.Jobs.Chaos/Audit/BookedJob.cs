using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Ledger;

namespace MPilot.Jobs.Chaos.Audit;

/// <summary>A job as the store has it, with the calls that the ledger has of it.</summary>
internal sealed record BookedJob(JobState State, IReadOnlyList<Purchase> Calls, IReadOnlyList<JobEvent> Events)
{
    /// <summary>The mark of the request it was made for.</summary>
    public string Mark => State.Spec.Prompt!;

    /// <summary>Its status and its calls, for whoever looks for what went wrong.</summary>
    public string Story => $"{State.Id} {Mark} {State.Status}{(State.CancelRequested ? " (cancel requested)" : "")}: {string.Join(", ", Calls.Select(Told))}";

    private static string Told(Purchase call)
        => $"{call.Attempt} {call.Provider} {call.Status}{(call.Failure is { } kind ? $"/{kind}" : "")}{(call.PossibleDouble ? " (possible double)" : "")}";
}
