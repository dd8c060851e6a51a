using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>The service with its jobs in PostgreSQL.</summary>
public sealed class PostgresTests : OneProviderTests
{
    private const string Variable = "MPILOT_TEST_DATABASE";

    private PostgresServer _server = null!;
    private string _database = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _server = await PostgresServer.SharedAsync();
        _database = await _server.CreateDatabaseAsync();
    }

    public override async Task DisposeAsync()
    {
        await _server.DropDatabaseAsync(_database);
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Kill_WhenAnAttemptIsInFlight_TheJobEndsAfterRestartAndSaysSo()
    {
        Provider.Script(new ScriptAction { Hold = "first" });
        string job;
        await using (var service = await StartAsync(Workspace))
        {
            job = await EditClient.SubmitAsync(service, "p");
            await Provider.HeldAsync("first");
            await service.KillAsync();
        }

        Provider.Release("first");
        await using var restarted = await StartAsync(Workspace);
        using var client = EditClient.For(restarted);
        var final = await client.FinalAsync(job);

        ((string)final["status"]!).ShouldBe("succeeded");
        final["attempts"]!.AsArray().Select(a => (string)a!["outcome"]!).ShouldBe(["lost", "succeeded"]);
        (await _server.NumberAsync("SELECT count(*) FROM events WHERE type = 'job.finalized'", _database)).ShouldBe(1);
        (await _server.NumberAsync("SELECT count(*) FROM purchases", _database)).ShouldBe(2);
    }

    [Fact]
    public async Task Edit_WhenAwaited_IsAnswered()
    {
        await using var service = await StartAsync(Workspace);
        using var client = EditClient.For(service);
        using var form = EditClient.Form(Png.Gradient(), ("model", "openai/gpt-image-2"), ("prompt", "p"));

        var (response, body) = await client.PostAsync(form);

        ((int)response.StatusCode).ShouldBe(200, body.ToJsonString());
        ((string)body["data"]![0]!["b64_json"]!).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Start_WhenAnotherProcessHasTheDatabase_RefusesByName()
    {
        using var other = new Workspace();
        await using var first = await StartAsync(Workspace);

        var (code, output) = await ServiceProcess.FailAsync(other, Configuration(_server.ConnectionTo(_database)));

        code.ShouldBe(1);
        output.ShouldContain($"Another process uses the database {_database} on ");
    }

    [Fact]
    public async Task Run_WhenTheLockOnTheDatabaseIsLost_StopsAndAnotherMayStart()
    {
        await using (var service = await StartAsync(Workspace))
        {
            await _server.ExecuteAsync(
                $"SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = '{_database}')");

            (await service.EndedAsync()).ShouldBe(0);
            service.Output.ShouldContain("The lock on the database is lost");
        }

        await using var next = await StartAsync(Workspace);
    }

    [Fact]
    public async Task Start_WhenTheServerIsAway_SaysSoWithoutThePassword()
    {
        var (code, output) = await ServiceProcess.FailAsync(
            Workspace, Configuration("Host=127.0.0.1;Port=1;Database=jobs;Username=mpilot;Password=do-not-tell"));

        code.ShouldBe(1);
        output.ShouldContain("127.0.0.1:1");
        output.ShouldNotContain("do-not-tell");
    }

    private Task<ServiceProcess> StartAsync(Workspace workspace)
        => ServiceProcess.StartAsync(workspace, Configuration($"env:{Variable}"), (Variable, _server.ConnectionTo(_database)));

    private JsonObject Configuration(string connection)
    {
        var configuration = Configurations.With(Provider);
        configuration["Store"] = new JsonObject { ["Kind"] = "postgres", ["ConnectionString"] = connection };
        return configuration;
    }
}
