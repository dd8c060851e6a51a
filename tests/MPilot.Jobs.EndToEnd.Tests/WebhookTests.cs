using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Simulators;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>Webhooks of the real service, read by the packages that receivers use.</summary>
public sealed class WebhookTests : OneReceiverTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Signatures_WhenSecretsAreRotated_AreVerifiedByStandardWebhooksAndSvixWithBoth()
    {
        await using var service = await ServiceProcess.StartAsync(Workspace, Webhooks(Provider));
        using var client = EditClient.For(service);
        var endpoint = await PostAsync(client, "/v1/webhooks/endpoints", new() { ["url"] = Receiver.At("/204/endpoint") });
        var own = await PostAsync(client, "/v1/webhooks/secret");
        await EditAsync(client, Receiver.At("/204/once"));
        await ReceivedAsync(2);

        var rotated = await PostAsync(client, $"/v1/webhooks/endpoints/{endpoint["id"]}/rotate");
        var renewed = await PostAsync(client, "/v1/webhooks/secret");
        await EditAsync(client, Receiver.At("/204/once"));
        await ReceivedAsync(4);

        // 1. Before, each with its own secret. 2. After, with the new and the old one. 3. Never with another's.
        var (toEndpoint, once) = (Of("/204/endpoint"), Of("/204/once"));
        await ShouldVerifyAsync((toEndpoint[0], endpoint), (once[0], own));
        toEndpoint[1].Signature.Split(' ').Length.ShouldBe(2);
        await ShouldVerifyAsync((toEndpoint[1], rotated), (toEndpoint[1], endpoint), (once[1], renewed), (once[1], own));
        (await VerifyAsync((toEndpoint[0], rotated), (toEndpoint[1], renewed), (once[0], endpoint)))
            .ShouldAllBe(v => v["standard"]!["refused"] != null && v["svix"]!["refused"] != null);
        (await VerifyAsync((toEndpoint[0] with { Body = toEndpoint[0].Body + " " }, endpoint)))
            .ShouldAllBe(v => v["standard"]!["refused"] != null && v["svix"]!["refused"] != null);
    }

    [Fact]
    public async Task Body_WhenAJobSucceeded_HasLinksThatLeadToThePictures()
    {
        await using var service = await ServiceProcess.StartAsync(Workspace, Webhooks(Provider));
        using var client = EditClient.For(service);
        await PostAsync(client, "/v1/webhooks/endpoints", new() { ["url"] = Receiver.At("/204") });

        await EditAsync(client);
        await ReceivedAsync(1);

        var body = JsonNode.Parse(Receiver.Receipts[0].Body)!;
        ((string)body["type"]!).ShouldBe("job.succeeded");
        Receiver.Receipts[0].Body.ShouldNotContain("make it blue");
        Encoding.UTF8.GetByteCount(Receiver.Receipts[0].Body).ShouldBeLessThan(20_000);
        var link = new Uri((string)body["data"]!["data"]![0]!["url"]!);
        (await client.Http.GetByteArrayAsync(link)).AsSpan(1, 3).SequenceEqual("PNG"u8).ShouldBeTrue();
    }

    /// <summary>Three times amid deliveries; the receiver lives on, and refuses every fifth call.</summary>
    [Fact]
    public async Task Kill_WhenDeliveriesAreUnderWay_EveryEventArrivesUnderOneIdAndInOrder()
    {
        const int Jobs = 24;
        var calls = 0;
        Receiver.Answer = _ => Interlocked.Increment(ref calls) % 5 == 0 ? 503 : null;
        var configuration = Webhooks(Provider, "00:00:01", "00:00:01", "00:00:01", "00:00:01");
        for (var life = 0; life < 3; life++)
        {
            await using var service = await ServiceProcess.StartAsync(Workspace, configuration);
            using var client = EditClient.For(service);
            if (life == 0)
            {
                await PostAsync(client, "/v1/webhooks/endpoints", new()
                {
                    ["url"] = Receiver.At("/204"),
                    ["events"] = new JsonArray(
                        "job.accepted", "job.attempt_started", "job.attempt_finished", "image_edit.completed", "image_edit.failed", "job.succeeded", "job.failed"),
                });
                for (var job = 0; job < Jobs; job++)
                {
                    await EditClient.SubmitAsync(service, "make it blue");
                }
            }

            var seen = Receiver.Receipts.Length;
            await Receiver.WhenAsync(all => all.Count >= seen + 10).WaitAsync(Patience);
            await service.KillAsync();
            Workspace.Query("SELECT count(*) FROM deliveries WHERE status = 'pending'").ShouldBeGreaterThan(0, $"life {life} was to end amid deliveries");
        }

        await using var last = await ServiceProcess.StartAsync(Workspace, configuration);
        using var final = EditClient.For(last);
        foreach (var job in Workspace.List("SELECT id FROM jobs"))
        {
            // A lost call is made again once: a job fails whose call was on its way at two of the kills, and no other.
            var status = (string)(await final.FinalAsync(job))["status"]!;
            var lost = Workspace.Query($"SELECT count(*) FROM purchases WHERE job = '{job}' AND status = 'lost'");
            status.ShouldBe(lost < 2 ? "succeeded" : "failed", job);
        }

        var expected = Workspace.List("SELECT job || ' ' || sequence FROM events WHERE type <> 'image_edit.partial_image'");
        await Receiver.WhenAsync(all => expected.All(all.Select(KeyOf).ToHashSet(StringComparer.Ordinal).Contains)).WaitAsync(Patience);
        var receipts = Receiver.Receipts;
        receipts.GroupBy(KeyOf).ShouldAllBe(e => e.Select(r => r.Id).Distinct().Count() == 1);
        receipts.Select(KeyOf).Distinct(StringComparer.Ordinal).ShouldBe(expected, ignoreOrder: true);
        foreach (var job in receipts.GroupBy(r => KeyOf(r).Split(' ')[0], StringComparer.Ordinal))
        {
            var sequences = job.Select(r => (long)JsonNode.Parse(r.Body)!["sequence"]!).ToList();
            sequences.ShouldBeInOrder(SortDirection.Ascending, job.Key);
        }
    }

    private static JsonObject Webhooks(Simulator provider, params string[] schedule)
    {
        var configuration = Configurations.With(provider);
        configuration["Webhooks"] = new JsonObject { ["AllowPrivateHosts"] = true, ["Schedule"] = new JsonArray([.. schedule.Select(s => (JsonNode)s)]) };
        if (schedule.Length == 0)
        {
            configuration["Webhooks"]!.AsObject().Remove("Schedule");
        }

        return configuration;
    }

    private static async Task<JsonNode> PostAsync(EditClient client, string path, JsonObject? body = null)
    {
        using var content = new StringContent(body?.ToJsonString() ?? "", Encoding.UTF8, "application/json");
        using var answer = await client.Http.PostAsync(new Uri(path, UriKind.Relative), content);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonNode.Parse(text)!;
    }

    private static async Task EditAsync(EditClient client, string? webhook = null)
    {
        using var form = EditClient.Form(Png.Gradient(), ("model", "openai/gpt-image-2"), ("prompt", "make it blue"), ("webhook_url", webhook ?? ""));
        var (response, body) = await client.PostAsync(form);
        ((int)response.StatusCode).ShouldBe(200, body.ToJsonString());
    }

    private Task ReceivedAsync(int count) => Receiver.WhenAsync(all => all.Count >= count).WaitAsync(Patience);

    private List<WebhookReceipt> Of(string path) => [.. Receiver.Receipts.Where(r => r.Path == path)];

    private static string KeyOf(WebhookReceipt receipt)
    {
        var body = JsonNode.Parse(receipt.Body)!;
        return $"{body["data"]!["id"]} {body["sequence"]}";
    }

    private static async Task ShouldVerifyAsync(params (WebhookReceipt Receipt, JsonNode Holder)[] calls)
    {
        foreach (var (verdict, call) in (await VerifyAsync(calls)).Zip(calls))
        {
            JsonNode.DeepEquals(verdict["standard"], JsonNode.Parse(call.Receipt.Body)).ShouldBeTrue(verdict.ToJsonString());
            JsonNode.DeepEquals(verdict["svix"], JsonNode.Parse(call.Receipt.Body)).ShouldBeTrue(verdict.ToJsonString());
        }
    }

    /// <summary>What both packages make of calls, each with the secret that was shown with its holder.</summary>
    private static async Task<List<JsonNode>> VerifyAsync(params (WebhookReceipt Receipt, JsonNode Holder)[] calls)
    {
        var asked = calls.Select(c => new
        {
            secret = (string)c.Holder["secret"]!,
            headers = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["webhook-id"] = c.Receipt.Id, ["webhook-timestamp"] = c.Receipt.Timestamp, ["webhook-signature"] = c.Receipt.Signature,
            },
            body = c.Receipt.Body,
        });
        return [.. (await NodeScript.RunAsync("verify.mjs", JsonSerializer.Serialize(asked))).AsArray().Select(v => v!)];
    }
}
