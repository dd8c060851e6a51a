using System.Net;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Cluster.Tests;

/// <summary>Nodes come and go, and need not do the same.</summary>
[Collection(ClusterCollection.Name)]
public sealed class NodeLifeTests(ClusterFixture cluster)
{
    /// <summary>Fewer than a provider takes at once of jobs that nobody waits for.</summary>
    private const int Jobs = 16;

    [Fact]
    public async Task Roles_WhenTheyAreApart_OneAnswersAndTheOtherDoesNot()
    {
        await using var silo = await cluster.StartAsync("silo");
        await using var api = await cluster.StartAsync("api");
        using var atSilo = EditClient.For(silo);
        using var atApi = EditClient.For(api);

        var job = await EditClient.SubmitAsync(api, "roles");
        await cluster.Provider.HeldAsync("roles");
        cluster.Provider.Release("roles");

        ((string)(await atApi.FinalAsync(job))["status"]!).ShouldBe("succeeded");
        (await atSilo.Http.GetAsync(new Uri("/health/live", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await atSilo.Http.GetAsync(new Uri($"/v1/jobs/{job}", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await Task.WhenAll(api.TerminateAsync(), silo.TerminateAsync());
        (await Task.WhenAll(api.EndedAsync(), silo.EndedAsync())).ShouldBe([0, 0]);
    }

    [Fact]
    public async Task Stop_WhenANodeMakesCalls_TheyEndAndNothingIsLostOrBoughtTwice()
    {
        await using var leaving = await cluster.StartAsync();
        var jobs = await Task.WhenAll(Enumerable.Range(0, Jobs).Select(i => EditClient.SubmitAsync(i % 2 == 0 ? leaving : cluster.A, "stop")));
        await cluster.Provider.HeldAsync("stop", Jobs);
        var sent = cluster.Provider.Ledger.Calls.Count(c => c.Fields["prompt"] == "stop");

        await leaving.TerminateAsync();
        var more = await EditClient.SubmitAsync(cluster.A, "more");
        await cluster.Provider.HeldAsync("more");
        cluster.Provider.Release("stop");
        cluster.Provider.Release("more");

        (await leaving.EndedAsync()).ShouldBe(0, leaving.Output);
        leaving.Output.ShouldNotContain("Stopped with provider calls in flight");
        using var client = EditClient.For(cluster.B);
        foreach (var job in jobs.Append(more))
        {
            var final = await client.FinalAsync(job);
            ((string)final["status"]!).ShouldBe("succeeded", final.ToJsonString());
            final["attempts"]!.AsArray().Select(a => (string)a!["outcome"]!).ShouldBe(["succeeded"]);
        }

        sent.ShouldBe(Jobs);
        cluster.Provider.Ledger.Calls.Count(c => c.Fields["prompt"] == "stop").ShouldBe(Jobs);
    }

    [Fact]
    public async Task Database_WhenAwayForLongerThanTheLease_AllNodesGoOnAndNothingIsBoughtTwice()
    {
        await using var database = await PostgresServer.StartAsync();
        var name = await database.CreateDatabaseAsync();
        await using var one = await StartAsync(database.ConnectionTo(name));
        await using var other = await StartAsync(database.ConnectionTo(name));
        var jobs = await Task.WhenAll(Enumerable.Range(0, Jobs).Select(i => EditClient.SubmitAsync(i % 2 == 0 ? one : other, "away")));
        await cluster.Provider.HeldAsync("away", Jobs);

        await database.StopAsync();
        cluster.Provider.Release("away");
        await Task.WhenAll(one.SaidAsync("The lease of this node is over"), other.SaidAsync("The lease of this node is over"));
        await database.ResumeAsync();

        using var client = EditClient.For(other);
        foreach (var job in jobs)
        {
            var final = await client.FinalAsync(job);
            ((string)final["status"]!).ShouldBe("succeeded", final.ToJsonString());
            final["attempts"]!.AsArray().Select(a => (string)a!["outcome"]!).ShouldBe(["succeeded"]);
        }

        cluster.Provider.Ledger.Calls.Count(c => c.Fields["prompt"] == "away").ShouldBe(Jobs);
        await Task.WhenAll(one.TerminateAsync(), other.TerminateAsync());
        (await Task.WhenAll(one.EndedAsync(), other.EndedAsync())).ShouldBe([0, 0]);
        (one.Output + other.Output).ShouldNotContain("Others have taken over");
    }

    private Task<ServiceProcess> StartAsync(string database)
    {
        var configuration = cluster.Configuration();
        configuration["Store"]!["ConnectionString"] = database;
        configuration["Cluster"]!["Lease"] = "00:00:02";
        configuration["Cluster"]!["SweepInterval"] = "00:00:00.5";
        return ServiceProcess.StartAsync(cluster.Fresh(SiloProgram.Path), configuration);
    }
}
