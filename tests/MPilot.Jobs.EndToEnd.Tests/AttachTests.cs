using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Simulators;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>Requests that find their job again: after the service's limit, and after the service itself was gone.</summary>
public sealed class AttachTests : IAsyncLifetime
{
    private readonly Workspace _workspace = new();
    private Simulator _simulator = null!;

    public async Task InitializeAsync() => _simulator = await Simulator.StartAsync();

    public async Task DisposeAsync()
    {
        await _simulator.DisposeAsync();
        _workspace.Dispose();
    }

    [Fact]
    public async Task Post_WhenTheLimitIsShorterThanTheJob_IsSentAgainByTheClientAndBuysOnce()
    {
        var configuration = Configurations.With(_simulator);
        configuration["Http"] = new JsonObject { ["SyncLimit"] = "00:00:02" };
        await using var service = await ServiceProcess.StartAsync(_workspace, configuration);
        _simulator.Script(new ScriptAction { Hold = "long" });
        var picture = Path.Combine(_workspace.Root, "a.png");
        await File.WriteAllBytesAsync(picture, Png.Gradient(1024, 1024));

        var edit = new JsonObject
        {
            ["model"] = "openai/gpt-image-2", ["prompt"] = "p", ["image"] = picture, ["call"] = new JsonObject { ["maxRetries"] = 20 },
        };
        var editing = NodeScript.RunAsync("edit.mjs", new Uri(service.Address, "v1").ToString(), edit.ToJsonString());
        await _simulator.HeldAsync("long");
        using var client = EditClient.For(service);
        while (_workspace.Query("SELECT max(listener) FROM answers") < 3)
        {
            await client.GetAsync($"/v1/jobs/{await JobAsync(client)}?wait=1");
        }

        _simulator.Release("long");

        ((string?)(await editing)["id"]).ShouldBe(await JobAsync(client));
        var ledger = _simulator.Ledger.Read();
        (ledger.CallCount, ledger.Purchases).ShouldBe((1, 1));
        _workspace.Query("SELECT count(*) FROM jobs").ShouldBe(1);
    }

    [Fact]
    public async Task Kill_WhenACallerWasWaiting_ItsNextRequestFindsTheJob()
    {
        _simulator.Script(new ScriptAction { Hold = "first" });
        await using (var service = await ServiceProcess.StartAsync(_workspace, Configurations.With(_simulator)))
        {
            using var client = EditClient.For(service);
            using var form = Form();
            var waiting = client.PostAsync(form);
            await _simulator.HeldAsync("first");
            await service.KillAsync();
            await Should.ThrowAsync<HttpRequestException>(() => waiting);
        }

        _simulator.Release("first");
        await using var restarted = await ServiceProcess.StartAsync(_workspace, Configurations.With(_simulator));
        using var again = EditClient.For(restarted);
        using var repeat = Form();
        var (response, answer) = await again.PostAsync(repeat);

        ((int)response.StatusCode).ShouldBe(200, answer.ToJsonString());
        ((string?)answer["id"]).ShouldBe(await JobAsync(again));
        _workspace.Query("SELECT count(*) FROM jobs").ShouldBe(1);
    }

    private static MultipartFormDataContent Form() => EditClient.Form(Png.Gradient(1024, 1024), ("model", "openai/gpt-image-2"), ("prompt", "p"));

    private static async Task<string> JobAsync(EditClient client) => (string)(await client.GetAsync("/v1/jobs?limit=1")).Body["first_id"]!;
}
