using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Cluster.Tests;

/// <summary>All jobs are followed at any node, and on at another.</summary>
[Collection(ClusterCollection.Name)]
public sealed class TenantFeedTests(ClusterFixture cluster)
{
    [Fact]
    public async Task Feed_WhenJobsComeInElsewhere_TellsOfThemAsTheyHappen()
    {
        using var feed = await TenantFeed.OpenAsync(cluster.B);
        var job = await EditClient.SubmitAsync(cluster.A, "feed");
        await cluster.Provider.HeldAsync("feed");

        // The call is held: what is told now did not wait for the job's end.
        var before = await feed.TakeUntilAsync(e => Is(e, job, "job.attempt_started"));
        cluster.Provider.Release("feed");
        var after = await feed.TakeUntilAsync(e => Is(e, job, "job.finalized"));

        before.Concat(after).Where(e => (string?)e["id"] == job).Select(e => (string)e["type"]!)
            .ShouldBe(["job.accepted", "job.attempt_started", "job.attempt_finished", "job.finalized"]);
    }

    [Fact]
    public async Task Feed_WhenAListenerGoesOnAtAnotherNode_HasEveryEventOnce()
    {
        string cursor;
        using (var first = await TenantFeed.OpenAsync(cluster.A))
        {
            cursor = first.Cursor;
        }

        var nodes = new[] { cluster.A, cluster.B, cluster.C };
        var jobs = await Task.WhenAll(nodes.Select(node => EditClient.SubmitAsync(node, "walk")));
        await cluster.Provider.HeldAsync("walk", jobs.Length);
        cluster.Provider.Release("walk");
        var seen = new List<JsonNode>();
        for (var i = 0; seen.Count(e => (string?)e["type"] == "job.finalized" && jobs.Contains((string)e["id"]!)) < jobs.Length; i++)
        {
            using var feed = await TenantFeed.OpenAsync(nodes[i % nodes.Length], cursor);
            seen.Add((await feed.NextAsync())!);
            cursor = feed.Cursor;
        }

        foreach (var job in jobs)
        {
            seen.Where(e => (string?)e["id"] == job).Select(e => (string)e["type"]!)
                .ShouldBe(["job.accepted", "job.attempt_started", "job.attempt_finished", "job.finalized"]);
        }
    }

    private static bool Is(JsonNode told, string job, string type) => (string?)told["id"] == job && (string?)told["type"] == type;
}
