using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Storage.Tests.Conformance;
using MPilot.Jobs.Storage.Tests.Samples;

using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.Postgres;

[Collection(PostgresCollection.Name)]
public sealed class PostgresOutboxTests : OutboxConformance
{
    private PostgresStore? _store;

    protected override async Task<StorePorts> OpenAsync() => (_store = await PostgresStore.OpenAsync()).Ports;

    protected override async Task CloseAsync() => await _store!.DisposeAsync();

    [Fact]
    public async Task ClaimAsync_WhenSeveralNodesLive_GivesEachItsShareAndEveryRowToOne()
    {
        var jobs = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3))));
        var nodes = new List<NodeEpoch>();
        foreach (var name in new[] { "node_a", "node_b", "node_c" })
        {
            nodes.Add(await ClaimAsync(name, leaseUntil: Start.AddHours(1)));
            (await ShardsAsync(nodes[^1])).ShouldBe(nodes.Count == 1 ? 64 : 0, "others have handed nothing back yet");
            foreach (var node in nodes.Concat(nodes))
            {
                await Outbox.ClaimAsync(node, default);
            }
        }

        var shares = await Task.WhenAll(nodes.Select(ShardsAsync));
        var read = await Task.WhenAll(nodes.Select(n => Outbox.ReadAsync(n, 10_000, default)));

        shares.ShouldBe([22, 22, 20], ignoreOrder: true);
        read.ShouldAllBe(rows => rows.Count > 0);
        read.SelectMany(rows => rows).Select(r => r.Id).ShouldBeUnique();
        read.Sum(rows => rows.Count).ShouldBe((int)jobs.Sum(j => j.LastEvent));
        read.SelectMany(rows => rows.Select(r => r.Job).Distinct()).ShouldBeUnique();
    }

    [Fact]
    public async Task ClaimAsync_WhenAllComeAtOnce_HoldsEveryShardOnce()
    {
        var nodes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => RegisterAsync($"node_{i}", Start.AddHours(1))));

        await Task.WhenAll(nodes.Concat(nodes).Concat(nodes).Select(n => Outbox.ClaimAsync(n, default)));
        foreach (var node in nodes.Concat(nodes))
        {
            await Outbox.ClaimAsync(node, default);
        }

        (await Task.WhenAll(nodes.Select(ShardsAsync))).ShouldAllBe(shards => shards == 8);
    }

    [Fact]
    public async Task ClaimAsync_WhenSomebodyTookOver_TakesNothing()
    {
        var late = await ClaimAsync("node_a", leaseUntil: Start.AddSeconds(10));

        await Nodes.TakeOverAsync(Start.AddSeconds(10), default);
        await Outbox.ClaimAsync(late, default);

        (await ShardsAsync(late)).ShouldBe(0);
    }

    private Task<long> ShardsAsync(NodeEpoch node)
        => _store!.Server.NumberAsync($"SELECT count(*) FROM outbox_shards WHERE node = '{node.Node}' AND epoch = {node.Epoch}", _store.Name);
}
