using System.Net;
using System.Text.Json.Nodes;

using Microsoft.Data.Sqlite;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>The disk is full, the database locked, the pictures' folder away: what is accepted is not lost, and nobody has to restart anything.</summary>
public sealed class StorageTroubleTests : OneProviderTests
{
    private const string Lost = "it counts as lost";

    [Fact]
    public async Task Disk_WhenItIsFullAndThenIsNot_RefusesNewEditsAndEndsThoseItHas()
    {
        Provider.Script(new ScriptAction { Hold = "call" });
        await using var service = await ServiceProcess.StartOnSmallDiskAsync(Workspace, 24, WithRoom(1 << 20));
        using var client = EditClient.For(service);
        var job = await SubmitAsync(client);
        await Provider.HeldAsync("call");

        var ballast = Path.Combine(service.DataOf(Workspace), "ballast");
        Fill(ballast);
        await ShouldBeRefusedAsync(client);
        Provider.Release("call");
        await service.SaidAsync(Lost);
        await ShouldBeRefusedAsync(client);
        ((string)(await client.GetAsync($"/v1/jobs/{job}")).Body["status"]!).ShouldBe("running");
        File.Delete(ballast);

        await ShouldHaveEndedAsync(client, job, ["lost", "succeeded"]);
        await ShouldHaveEndedAsync(client, await SubmitAsync(client), ["succeeded"]);
        Provider.Ledger.Read().Purchases.ShouldBe(3, "the picture that found no room was bought again, once");
    }

    [Fact]
    public async Task Database_WhenItIsLockedAndThenIsNot_RefusesNewEditsAndTakesDownWhatCameMeanwhile()
    {
        Provider.Script(new ScriptAction { Hold = "call" });
        await using var service = await ServiceProcess.StartAsync(Workspace, WithRoom(0));
        using var client = EditClient.For(service);
        var job = await SubmitAsync(client);
        await Provider.HeldAsync("call");

        await using (var locking = new SqliteConnection($"Data Source={Path.Combine(Workspace.Data, "jobs.db")};Pooling=False"))
        {
            locking.Open();
            await using var held = locking.BeginTransaction();
            Provider.Release("call");
            await ShouldBeRefusedAsync(client);
            ((string)(await client.GetAsync($"/v1/jobs/{job}")).Body["status"]!).ShouldBe("running");
        }

        await ShouldHaveEndedAsync(client, job, ["succeeded"]);
        await ShouldHaveEndedAsync(client, await SubmitAsync(client), ["succeeded"]);
        Provider.Ledger.Read().Purchases.ShouldBe(2);
    }

    [Fact]
    public async Task Artifacts_WhenTheyAreAwayAndThenAreNot_NothingIsBoughtThatCannotBeKept()
    {
        var one = WithRoom(0);
        one["Providers"]!["openai"]!["Concurrency"] = 1;
        Provider.Script(new ScriptAction { Hold = "call" });
        await using var service = await ServiceProcess.StartAsync(Workspace, one);
        using var client = EditClient.For(service);
        var job = await SubmitAsync(client);
        await Provider.HeldAsync("call");
        var waiting = await SubmitAsync(client);

        var (folder, away) = (Path.Combine(Workspace.Data, "artifacts"), Path.Combine(Workspace.Data, "away"));
        Directory.Move(folder, away);
        await File.WriteAllTextAsync(folder, "in the way");
        await ShouldBeRefusedAsync(client);
        Provider.Release("call");
        await service.SaidAsync(Lost);
        File.Delete(folder);
        Directory.Move(away, folder);

        await ShouldHaveEndedAsync(client, job, ["lost", "succeeded"]);
        await ShouldHaveEndedAsync(client, waiting, ["succeeded"]);
        Provider.Ledger.Read().Purchases.ShouldBe(3);
    }

    private JsonObject WithRoom(long minFree)
    {
        var configuration = Configurations.With(Provider);
        configuration["Artifacts"] = new JsonObject { ["MinFreeBytes"] = minFree };
        return configuration;
    }

    private static async Task<string> SubmitAsync(EditClient client)
    {
        var (response, body) = await PostAsync(client);
        ((int)response.StatusCode).ShouldBe(202, body.ToJsonString());
        return (string)body["id"]!;
    }

    private static async Task ShouldBeRefusedAsync(EditClient client)
    {
        var (response, body) = await PostAsync(client);
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, body.ToJsonString());
        ((string)body["error"]!["code"]!).ShouldBe("overloaded");
    }

    private static async Task<(HttpResponseMessage Response, JsonNode Body)> PostAsync(EditClient client)
    {
        using var form = EditClient.Form(Png.Gradient(), ("model", "openai/gpt-image-2"), ("prompt", "p"));
        return await client.PostAsync(form, ("Prefer", "respond-async"));
    }

    private static async Task ShouldHaveEndedAsync(EditClient client, string job, string[] outcomes)
    {
        var final = await client.FinalAsync(job);
        ((string)final["status"]!).ShouldBe("succeeded");
        final["attempts"]!.AsArray().Select(a => (string)a!["outcome"]!).ShouldBe(outcomes);
    }

    private static void Fill(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None);
        long length = 0;
        foreach (var piece in new[] { 1 << 20, 4 << 10, 1 })
        {
            try
            {
                while (true)
                {
                    RandomAccess.Write(file, new byte[piece], length);
                    length += piece;
                }
            }
            catch (IOException)
            {
                // Full, but perhaps for a smaller piece.
            }
        }
    }
}
