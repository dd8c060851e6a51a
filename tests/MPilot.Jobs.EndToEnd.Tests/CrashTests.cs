using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Simulators.Scripting;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>kill -9, and what stands afterwards.</summary>
public sealed class CrashTests : OneProviderTests
{
    [Fact]
    public async Task Kill_WhenAnAttemptIsInFlight_TheJobEndsAfterRestartAndSaysSo()
    {
        Provider.Script(new ScriptAction { Hold = "first" });
        string job;
        await using (var service = await ServiceProcess.StartAsync(Workspace, Configurations.With(Provider)))
        {
            job = await EditClient.SubmitAsync(service, "p");
            await Provider.HeldAsync("first");
            await service.KillAsync();
        }

        Provider.Release("first");
        await using var restarted = await ServiceProcess.StartAsync(Workspace, Configurations.With(Provider));
        using var client = EditClient.For(restarted);
        var final = await client.FinalAsync(job);

        ((string)final["status"]!).ShouldBe("succeeded");
        final["attempts"]!.AsArray().Select(a => (string)a!["outcome"]!).ShouldBe(["lost", "succeeded"]);
        Workspace.Query("SELECT count(*) FROM events WHERE type = 'job.finalized'").ShouldBe(1);
    }

    [Fact]
    public async Task Kill_WhenAJobIsOnlyAccepted_ItIsDoneAfterRestart()
    {
        var one = Configurations.With(Provider, openAi => openAi["Concurrency"] = 1);
        Provider.Script(new ScriptAction { Hold = "first" });
        string waiting;
        await using (var service = await ServiceProcess.StartAsync(Workspace, one))
        {
            await EditClient.SubmitAsync(service, "holds the only place");
            await Provider.HeldAsync("first");
            waiting = await EditClient.SubmitAsync(service, "waits for the place");
            await service.KillAsync();
        }

        Provider.Release("first");
        await using var restarted = await ServiceProcess.StartAsync(Workspace, one);
        using var client = EditClient.For(restarted);
        var final = await client.FinalAsync(waiting);

        ((string)final["status"]!).ShouldBe("succeeded");
        final["attempts"]!.AsArray().Count.ShouldBe(1);
        Provider.Ledger.Read().Calls.Count(c => c.Fields.GetValueOrDefault("prompt") == "waits for the place").ShouldBe(1);
    }

    [Fact]
    public async Task Start_WhenAnotherProcessHasTheDataDirectory_RefusesByName()
    {
        await using var first = await ServiceProcess.StartAsync(Workspace, Configurations.With(Provider));

        var (exitCode, output) = await ServiceProcess.FailAsync(Workspace, Configurations.With(Provider));

        exitCode.ShouldBe(1);
        output.ShouldContain($"Another process uses the data directory {Workspace.Data}");
    }

    [Fact]
    public async Task IdempotencyKey_WhenRepeatedAfterACrash_NamesTheSameJobAndBuysOnce()
    {
        string before;
        await using (var service = await ServiceProcess.StartAsync(Workspace, Configurations.With(Provider)))
        {
            before = await EditClient.SubmitAsync(service, "once", ("Idempotency-Key", "order-17"));
            using var client = EditClient.For(service);
            await client.FinalAsync(before);
            await service.KillAsync();
        }

        await using var restarted = await ServiceProcess.StartAsync(Workspace, Configurations.With(Provider));

        (await EditClient.SubmitAsync(restarted, "once", ("Idempotency-Key", "order-17"))).ShouldBe(before);
        Provider.Ledger.Read().Purchases.ShouldBe(1);
    }
}
