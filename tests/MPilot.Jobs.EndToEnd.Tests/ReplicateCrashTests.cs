using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>kill -9 while a prediction runs whose id is known.</summary>
public sealed class ReplicateCrashTests : OneProviderTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Kill_WhenAPredictionRuns_ItsPictureIsFetchedAfterRestartAndNothingIsBoughtTwice(bool endsBeforeRestart)
    {
        Provider.Script(new ScriptAction { Hold = "model" });
        string job;
        await using (var service = await ServiceProcess.StartAsync(Workspace, ReplicateFixture.Configuration(Provider)))
        {
            using var client = EditClient.For(service);
            using var form = EditClient.Form(Png.Gradient(), ("model", "replicate/black-forest-labs/flux-kontext-pro"), ("prompt", "p"));
            var (_, body) = await client.PostAsync(form, ("Prefer", "respond-async"));
            job = (string)body["id"]!;

            // The picture's upload, the creation, and the first question: by then the id is written down.
            await Provider.Ledger.FinishedAsync(3);
            await service.KillAsync();
        }

        if (endsBeforeRestart)
        {
            Provider.Release("model");
        }

        await using var restarted = await ServiceProcess.StartAsync(Workspace, ReplicateFixture.Configuration(Provider));
        using var after = EditClient.For(restarted);
        Provider.Release("model");
        var final = await after.FinalAsync(job);

        ((string)final["status"]!).ShouldBe("succeeded");
        final["attempts"]!.AsArray().Select(a => (string)a!["outcome"]!).ShouldBe(["succeeded"]);
        Provider.Ledger.Read().Purchases.ShouldBe(1);
        Provider.Ledger.Calls.Count(c => c.Path.EndsWith("/flux-kontext-pro/predictions", StringComparison.Ordinal)).ShouldBe(1);
    }
}
