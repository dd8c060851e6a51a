using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>Requests that find their job again: after the service's limit, and after the service itself was gone.</summary>
public sealed class AttachTests : OneProviderTests
{
    [Fact]
    public async Task Post_WhenTheLimitIsShorterThanTheJob_IsSentAgainByTheClientAndBuysOnce()
    {
        var configuration = Configurations.With(Provider);
        configuration["Http"] = new JsonObject { ["SyncLimit"] = "00:00:02" };
        await using var service = await ServiceProcess.StartAsync(Workspace, configuration);
        Provider.Script(new ScriptAction { Hold = "long" });
        var picture = Path.Combine(Workspace.Root, "a.png");
        await File.WriteAllBytesAsync(picture, Png.Gradient(1024, 1024));

        var edit = new JsonObject
        {
            ["model"] = "openai/gpt-image-2", ["prompt"] = "p", ["image"] = picture, ["call"] = new JsonObject { ["maxRetries"] = 20 },
        };
        var editing = NodeScript.RunAsync("edit.mjs", new Uri(service.Address, "v1").ToString(), edit.ToJsonString());
        await Provider.HeldAsync("long");
        using var client = EditClient.For(service);
        while (Workspace.Query("SELECT max(listener) FROM answers") < 3)
        {
            await client.GetAsync($"/v1/jobs/{await JobAsync(client)}?wait=1");
        }

        Provider.Release("long");

        ((string?)(await editing)["id"]).ShouldBe(await JobAsync(client));
        var ledger = Provider.Ledger.Read();
        (ledger.CallCount, ledger.Purchases).ShouldBe((1, 1));
        Workspace.Query("SELECT count(*) FROM jobs").ShouldBe(1);
    }

    [Fact]
    public async Task Kill_WhenACallerWasWaiting_ItsNextRequestFindsTheJob()
    {
        Provider.Script(new ScriptAction { Hold = "first" });
        await using (var service = await ServiceProcess.StartAsync(Workspace, Configurations.With(Provider)))
        {
            using var client = EditClient.For(service);
            using var form = Form();
            var waiting = client.PostAsync(form);
            await Provider.HeldAsync("first");
            await service.KillAsync();
            await Should.ThrowAsync<HttpRequestException>(() => waiting);
        }

        Provider.Release("first");
        await using var restarted = await ServiceProcess.StartAsync(Workspace, Configurations.With(Provider));
        using var again = EditClient.For(restarted);
        using var repeat = Form();
        var (response, answer) = await again.PostAsync(repeat);

        ((int)response.StatusCode).ShouldBe(200, answer.ToJsonString());
        ((string?)answer["id"]).ShouldBe(await JobAsync(again));
        Workspace.Query("SELECT count(*) FROM jobs").ShouldBe(1);
    }

    private static MultipartFormDataContent Form() => EditClient.Form(Png.Gradient(1024, 1024), ("model", "openai/gpt-image-2"), ("prompt", "p"));

    private static async Task<string> JobAsync(EditClient client) => (string)(await client.GetAsync("/v1/jobs?limit=1")).Body["first_id"]!;
}
