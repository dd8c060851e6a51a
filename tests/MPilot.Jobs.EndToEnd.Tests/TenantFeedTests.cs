using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>One listener to all jobs, whatever becomes of the service.</summary>
public sealed class TenantFeedTests : OneProviderTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Kill_WhenAListenerComesBackWithItsLastId_ItHasEveryEventOnce(string store)
    {
        Provider.Script(new ScriptRule { Match = new() { PromptContains = "job 2" }, Action = new() { Hold = "third" } });
        var configuration = await ConfigurationAsync(store);
        var (jobs, seen) = (new List<string>(), new List<JsonNode>());
        string cursor;
        await using (var service = await ServiceProcess.StartAsync(Workspace, configuration))
        {
            using var feed = await TenantFeed.OpenAsync(service);
            for (var i = 0; i < 3; i++)
            {
                jobs.Add(await EditClient.SubmitAsync(service, $"job {i}"));
            }

            await Provider.HeldAsync("third");
            using var client = EditClient.For(service);
            await client.FinalAsync(jobs[0]);

            // It has taken less than was stored by then.
            seen.AddRange(await feed.TakeUntilAsync(e => (string?)e["type"] == "job.attempt_started"));
            cursor = feed.Cursor;
            await service.KillAsync();
        }

        Provider.Release("third");
        await using var restarted = await ServiceProcess.StartAsync(Workspace, configuration);
        using var again = await TenantFeed.OpenAsync(restarted, cursor);
        while (seen.Count(e => (string?)e["type"] == "job.finalized") < jobs.Count)
        {
            seen.AddRange(await again.TakeUntilAsync(e => (string?)e["type"] == "job.finalized"));
        }

        foreach (var job in jobs)
        {
            seen.Where(e => (string?)e["id"] == job).Select(e => e.ToJsonString()).ShouldBe(await OwnAsync(restarted, job));
        }

        seen.ShouldAllBe(e => jobs.Contains((string)e["id"]!));
        seen.ShouldContain(e => (string?)e["outcome"] == "lost");
    }

    [Fact]
    public async Task Stop_WhenSomebodyListens_EndsTheStreamCleanly()
    {
        await using var service = await ServiceProcess.StartAsync(Workspace, Configurations.With(Provider));
        using var feed = await TenantFeed.OpenAsync(service, query: "?events=job.finalized");
        var job = await EditClient.SubmitAsync(service, "p");
        ((string?)(await feed.NextAsync())!["id"]).ShouldBe(job);

        await service.TerminateAsync();

        (await feed.NextAsync()).ShouldBeNull();
        (await service.EndedAsync()).ShouldBe(0, service.Output);
    }

    /// <summary>The facts in a job's own stream.</summary>
    private static async Task<IEnumerable<string>> OwnAsync(ServiceProcess service, string job)
    {
        using var client = EditClient.For(service);
        var stream = await client.Http.GetStringAsync(new Uri($"/v1/jobs/{job}/events", UriKind.Relative));
        return SseFrame.ParseAll(stream).Where(f => f.Name.StartsWith("job.", StringComparison.Ordinal)).Select(f => f.Json.ToJsonString());
    }

    private async Task<JsonObject> ConfigurationAsync(string store)
    {
        var configuration = Configurations.With(Provider);
        if (store == "postgres")
        {
            var server = await PostgresServer.SharedAsync();
            configuration["Store"] = new JsonObject { ["Kind"] = "postgres", ["ConnectionString"] = server.ConnectionTo(await server.CreateDatabaseAsync()) };
        }

        return configuration;
    }
}
