using System.Text.Json.Nodes;

using MPilot.Jobs.Chaos.Audit;
using MPilot.Jobs.Chaos.Callers;
using MPilot.Jobs.Chaos.Kills;
using MPilot.Jobs.Chaos.Plans;
using MPilot.Jobs.EndToEnd.Tests.Kit;

namespace MPilot.Jobs.Chaos;

/// <summary>Makes requests of a service that is killed again and again, at providers that fail, and audits what came of it.</summary>
internal sealed class Campaign(CampaignSize size, TimeProvider time)
{
    private const int CallersAtOnce = 24;

    /// <summary>How long all that is left may take once nobody kills any more. 3 min.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Door _door = new();
    private readonly Witness _witness = new();
    private readonly Milestone _calls = new();

    public async Task<CampaignReport> RunAsync()
    {
        var began = time.GetTimestamp();
        var providers = await SimulatedProvider.StartAllAsync(size.Seed, _calls, time);
        try
        {
            using var workspace = new Workspace();
            var archive = new SqliteArchive(workspace);
            using var client = new ServiceClient();
            var plans = Enumerable.Range(0, size.Jobs).Select(i => JobPlan.Draw(size.Seed, i, [.. providers.Select(p => p.Model)])).ToList();
            var reaper = new Reaper(size.Seed, workspace, Configuration(providers), _door, time) { Accepts = _witness.Accepts, Calls = _calls };

            // 1. Requests, spread over the lives of the service, and deaths.
            var calling = CallAllAsync(plans, new(client, _door, _witness, time), reaper.Deaths);
            for (var number = 0; number < size.Kills; number++)
            {
                await reaper.KillAsync(number);
            }

            // 2. A last life in which everything ends, and is looked at.
            var views = await EndAsync(workspace, Configuration(providers), client, calling);

            // 3. The books are read when nobody writes any more.
            foreach (var provider in providers)
            {
                await provider.Simulator.Ledger.FinishedAsync(provider.Simulator.Ledger.Read().CallCount).WaitAsync(Patience, time);
            }

            var evidence = new Evidence
            {
                Plans = plans.ToDictionary(p => p.Mark, StringComparer.Ordinal),
                Answers = _witness.Answers,
                Readings = _witness.Readings,
                Unanswered = _witness.Unanswered,
                Views = views,
                Books = await Books.ReadAsync(archive),
                Leftovers = await Leftovers.ReadAsync(archive, time),
                Calls = [.. providers.SelectMany(p => p.Simulator.Ledger.Calls.Select(call => new ProviderCall(p.Prefix, call)))],
            };
            return new(size.Seed, evidence, [("kills", CampaignReport.Sums(reaper.Kills))], time.GetElapsedTime(began));
        }
        finally
        {
            foreach (var provider in providers)
            {
                await provider.DisposeAsync();
            }
        }
    }

    private static JsonObject Configuration(IReadOnlyList<SimulatedProvider> providers) => new()
    {
        ["Providers"] = new JsonObject(providers.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Prefix, p.Configuration()))),
        ["Retention"] = new JsonObject { ["SweepInterval"] = "00:00:01" },
    };

    private async Task<IReadOnlyDictionary<string, JobView>> EndAsync(Workspace workspace, JsonObject configuration, ServiceClient client, Task calling)
    {
        await using var service = await ServiceProcess.StartAsync(workspace, configuration);
        _door.Open(service.Address);
        try
        {
            await calling.WaitAsync(Patience, time);
        }
        catch (TimeoutException)
        {
            // Whoever still waits waits for a job that does not end; the auditor says which.
        }

        var inquiry = new Inquiry(client, service.Address, new SqliteArchive(workspace), time);
        await inquiry.UntilFinalAsync(Patience);
        var views = await inquiry.ReadAllAsync();
        await service.TerminateAsync();
        await service.EndedAsync();
        return views;
    }

    /// <summary>Every life of the service gets its share of the requests.</summary>
    private async Task CallAllAsync(List<JobPlan> plans, Caller caller, Milestone deaths)
    {
        var turns = plans.Select(p => deaths.AfterAsync((int)((long)p.Index * size.Kills / size.Jobs))).ToList();
        await Parallel.ForEachAsync(plans, new ParallelOptions { MaxDegreeOfParallelism = CallersAtOnce }, async (plan, _) =>
        {
            await turns[plan.Index];
            await caller.CallAsync(plan);
        });
    }
}
