using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Tests.Kit;

public sealed partial class MemoryStore : IGateEpochs
{
    private readonly Dictionary<string, long> _gateEpochs = new(StringComparer.Ordinal);

    public Task<long> OpenAsync(string provider, CancellationToken cancellationToken)
        => Atomically(() => _gateEpochs[provider] = _gateEpochs.GetValueOrDefault(provider) + 1);

    public Task<IReadOnlyList<CallInFlight>> ListInFlightAsync(string provider, DateTimeOffset lostSince, CancellationToken cancellationToken)
        => Atomically<IReadOnlyList<CallInFlight>>(() =>
        [
            .. from job in _jobs.Values.OrderBy(j => j.Id, StringComparer.Ordinal)
               from attempt in job.Attempts
               where (attempt.IsInFlight || (attempt.Status == AttemptStatus.Lost && attempt.EndedAt >= lostSince)) && job.StepOf(attempt).Provider == provider
               select new CallInFlight(job.Id, attempt.Number),
        ]);
}
