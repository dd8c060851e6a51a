using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Ledger;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>The purchase ledger in memory.</summary>
public sealed partial class MemoryStore
{
    private readonly SortedDictionary<(string Job, int Attempt), Purchase> _purchases = [];

    Task<IReadOnlyList<Purchase>> IPurchaseLedger.ListAsync(string job, CancellationToken cancellationToken)
        => Atomically<IReadOnlyList<Purchase>>(() => [.. _purchases.Values.Where(p => p.Job == job)]);

    Task<int> IPurchaseLedger.PruneAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
        => Atomically(() =>
        {
            var old = _purchases.Where(p => p.Value.SentAt < before && p.Value.EndedAt is not null).Select(p => p.Key).Take(limit).ToList();
            old.ForEach(p => _purchases.Remove(p));
            return old.Count;
        });

    private void Buy_NeedsLock(JobState state)
    {
        foreach (var attempt in state.Attempts.Where(a => a.SentAt is not null))
        {
            var step = state.StepOf(attempt);
            _purchases[(state.Id, attempt.Number)] = new()
            {
                Job = state.Id,
                Attempt = attempt.Number,
                Tenant = state.Tenant,
                Provider = step.Provider,
                Model = step.Model,
                Key = attempt.Key,
                Pictures = attempt.Slots.Length,
                Status = attempt.Status,
                Failure = attempt.Failure?.Kind,
                PossibleDouble = attempt.PossibleDoublePurchase,
                ProviderJobId = attempt.ProviderJobId,
                Bound = attempt.Bound?.Amount,
                Cost = attempt.Price,
                SentAt = attempt.SentAt!.Value,
                EndedAt = attempt.EndedAt,
            };
        }
    }
}
