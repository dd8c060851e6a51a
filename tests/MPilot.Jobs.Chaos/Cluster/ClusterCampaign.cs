using System.Collections.Immutable;
using System.Text.Json.Nodes;

using MPilot.Jobs.Chaos.Audit;
using MPilot.Jobs.Chaos.Callers;
using MPilot.Jobs.Chaos.Plans;
using MPilot.Jobs.Engine.Gates;

namespace MPilot.Jobs.Chaos.Cluster;

/// <summary>Makes requests of a cluster to which everything is done that can happen to one, at providers that fail, and audits what came of it.</summary>
internal sealed class ClusterCampaign(ClusterSize size, TimeProvider time)
{
    private const int CallersAtOnce = 40;

    /// <summary>How long all that is left may take once nothing is done any more. 4 min.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>A place whose holder nobody hears of any more is another's after a lease: more than that is a loss.</summary>
    private static readonly TimeSpan RegainPatience = LeaseTerms.Life + TimeSpan.FromSeconds(20);

    private readonly Witness _witness = new();
    private readonly Milestone _calls = new();

    public async Task<CampaignReport> RunAsync()
    {
        var began = time.GetTimestamp();
        IReadOnlyList<SimulatedProvider> providers =
            [.. await SimulatedProvider.StartAllAsync(size.Seed, _calls, time), await GatedProvider.StartAsync(size.Seed, _calls)];
        await using var stage = await ClusterStage.SetAsync(size.Silos, Configuration(providers), time);
        try
        {
            using var client = new ServiceClient();
            var plans = Enumerable.Range(0, size.Jobs).Select(i => Draw(i, providers)).ToList();
            var holding = Enumerable.Range(size.Jobs, GatedProvider.Limit + 4).Select(i => GatedProvider.Holding(size.Seed, i, providers[^1])).ToList();
            var caller = new Caller(client, stage.Entrances, _witness, time);
            var maker = new Troublemaker(size.Seed, stage.Silos, stage.Server, time) { Accepts = _witness.Accepts, Calls = _calls };

            // 1. Requests, and what happens to the cluster meanwhile.
            var calling = CallAllAsync(plans, caller, maker.Progress);
            foreach (var trouble in Trouble.Deal(size.Seed, size.Troubles))
            {
                await maker.MakeAsync(trouble);
            }

            // 2. Everything ends, and the gate has all its places again.
            await maker.WhenOverAsync();
            await EndAsync(calling);
            var inquiry = new Inquiry(client, await stage.Entrances.AddressAsync(), stage.Archive, time);
            await inquiry.UntilFinalAsync(Patience);
            var regained = await RegainAsync(holding, caller, providers[^1]);

            // 3. The books are read when nobody writes any more.
            inquiry = new Inquiry(client, await stage.Entrances.AddressAsync(), stage.Archive, time);
            var views = await inquiry.ReadAllAsync();
            await stage.StopSilosAsync();
            await stage.LogAsync(size.Logs);
            foreach (var provider in providers)
            {
                await provider.Simulator.Ledger.FinishedAsync(provider.Simulator.Ledger.Read().CallCount).WaitAsync(Patience, time);
            }

            var evidence = new Evidence
            {
                Plans = plans.Concat(holding).ToDictionary(p => p.Mark, StringComparer.Ordinal),
                Answers = _witness.Answers,
                Readings = _witness.Readings,
                Unanswered = _witness.Unanswered,
                Views = views,
                Books = await Books.ReadAsync(stage.Archive),
                Leftovers = await Leftovers.ReadAsync(stage.Archive, time),
                Calls = [.. providers.SelectMany(p => p.Simulator.Ledger.Calls.Select(call => new ProviderCall(p.Prefix, call)))],
                Gate = new(GatedProvider.Limit, GatedProvider.PeakOf(providers[^1].Simulator.Ledger.Calls), regained),
            };
            return new(size.Seed, evidence, Deeds(maker, stage), time.GetElapsedTime(began));
        }
        finally
        {
            foreach (var provider in providers)
            {
                await provider.DisposeAsync();
            }
        }
    }

    private static JsonObject Configuration(IReadOnlyList<SimulatedProvider> providers)
    {
        var sections = providers.Select(
            p => KeyValuePair.Create<string, JsonNode?>(p.Prefix, p.Prefix == GatedProvider.Prefix ? GatedProvider.Configuration(p) : p.Configuration()));
        return new() { ["Providers"] = new JsonObject(sections), ["Retention"] = new JsonObject { ["SweepInterval"] = "00:00:01" } };
    }

    private static ImmutableArray<(string Name, string Value)> Deeds(Troublemaker maker, ClusterStage stage) =>
    [
        ("done to the cluster", CampaignReport.Sums(maker.Done)),
        ("lives of silos that ended", CampaignReport.Counts(stage.Ends)),
    ];

    /// <summary>Every other request is for the provider with the limit, so that it is reached.</summary>
    private JobPlan Draw(int index, IReadOnlyList<SimulatedProvider> providers)
    {
        var plan = JobPlan.Draw(size.Seed, index, [.. providers.SkipLast(1).Select(p => p.Model)]);
        return index % 2 == 0 ? plan : plan with { Model = providers[^1].Model, Count = 1 };
    }

    /// <summary>Whoever still waits after that waits for a job that does not end; the auditor says which.</summary>
    private async Task EndAsync(Task calling)
    {
        try
        {
            await calling.WaitAsync(Patience, time);
        }
        catch (TimeoutException)
        {
            // As above.
        }
    }

    /// <summary>After how long as many calls as the limit run at once.</summary>
    private async Task<TimeSpan?> RegainAsync(List<JobPlan> holding, Caller caller, SimulatedProvider gated)
    {
        var calling = Task.WhenAll(holding.Select(caller.CallAsync));
        var regained = await GatedProvider.FillAsync(gated, RegainPatience, time);
        await GatedProvider.ReleaseAsync(gated, Task.WhenAny(calling, time.ElapseAsync(Patience)), time);
        return regained;
    }

    /// <summary>Everything that is done gets its share of the requests.</summary>
    private async Task CallAllAsync(List<JobPlan> plans, Caller caller, Milestone progress)
    {
        var turns = plans.Select(p => progress.AfterAsync((int)((long)p.Index * size.Troubles / size.Jobs))).ToList();
        await Parallel.ForEachAsync(plans, new ParallelOptions { MaxDegreeOfParallelism = CallersAtOnce }, async (plan, _) =>
        {
            await turns[plan.Index];
            await caller.CallAsync(plan);
        });
    }
}
