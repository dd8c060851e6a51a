using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Simulators;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>kill -9 while a prediction runs whose id is known.</summary>
public sealed class ReplicateCrashTests : IAsyncLifetime
{
    private readonly Workspace _workspace = new();
    private Simulator _simulator = null!;

    public async Task InitializeAsync() => _simulator = await Simulator.StartAsync();

    public async Task DisposeAsync()
    {
        await _simulator.DisposeAsync();
        _workspace.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Kill_WhenAPredictionRuns_ItsPictureIsFetchedAfterRestartAndNothingIsBoughtTwice(bool endsBeforeRestart)
    {
        _simulator.Script(new ScriptAction { Hold = "model" });
        string job;
        await using (var service = await ServiceProcess.StartAsync(_workspace, ReplicateFixture.Configuration(_simulator)))
        {
            using var client = EditClient.For(service);
            using var form = EditClient.Form(Png.Gradient(), ("model", "replicate/black-forest-labs/flux-kontext-pro"), ("prompt", "p"));
            var (_, body) = await client.PostAsync(form, ("Prefer", "respond-async"));
            job = (string)body["id"]!;

            // The picture's upload, the creation, and the first question: by then the id is written down.
            await _simulator.Ledger.FinishedAsync(3);
            await service.KillAsync();
        }

        if (endsBeforeRestart)
        {
            _simulator.Release("model");
        }

        await using var restarted = await ServiceProcess.StartAsync(_workspace, ReplicateFixture.Configuration(_simulator));
        using var after = EditClient.For(restarted);
        _simulator.Release("model");
        var final = await after.FinalAsync(job);

        ((string)final["status"]!).ShouldBe("succeeded");
        final["attempts"]!.AsArray().Select(a => (string)a!["outcome"]!).ShouldBe(["succeeded"]);
        _simulator.Ledger.Read().Purchases.ShouldBe(1);
        _simulator.Ledger.Calls.Count(c => c.Path.EndsWith("/flux-kontext-pro/predictions", StringComparison.Ordinal)).ShouldBe(1);
    }
}
