using System.Text.Json.Nodes;

using Azure.Storage.Blobs;
using Azure.Storage.Sas;

using Microsoft.AspNetCore.Http;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>Results of the real service in buckets of its callers.</summary>
public sealed class BucketTests : OneReceiverTests
{
    private const string Secret = "s3cr3t-signature";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Edit_WhenItHasUrls_BringsTheVeryBytesOfTheAnswerAndKeepsNoUrl()
    {
        await using var service = await ServiceProcess.StartAsync(Workspace, WithBuckets());
        using var client = EditClient.For(service);

        var answer = await EditAsync(client, Receiver.At($"/200/0?X-Amz-Signature={Secret}"), Receiver.At($"/200/1?X-Amz-Signature={Secret}"));
        var outputs = await OutputsAsync(client, (string)answer["id"]!);

        outputs.ShouldBe(["""{"status":"delivered","attempts":1}""", """{"status":"delivered","attempts":1}"""]);
        foreach (var picture in answer["data"]!.AsArray())
        {
            var call = Receiver.Receipts.Single(r => r.Path == $"/200/{picture!["index"]}");
            call.Bytes.ToArray().ShouldBe(Convert.FromBase64String((string)picture!["b64_json"]!));
            (call.Method, call.Headers["Content-Type"]).ShouldBe(("PUT", "image/png"));
        }

        Workspace.Query("SELECT count(*) FROM bucket_puts WHERE url IS NOT NULL").ShouldBe(0);
        service.Output.ShouldNotContain(Secret);
        foreach (var column in new[] { "state FROM jobs", "body FROM events" })
        {
            Workspace.List($"SELECT {column}").ShouldAllBe(text => !text.Contains(Secret));
        }
    }

    [Fact]
    public async Task Edit_WhenTheBucketRefuses_SucceedsAndSaysSo()
    {
        await using var service = await ServiceProcess.StartAsync(Workspace, WithBuckets());
        using var client = EditClient.For(service);

        var answer = await EditAsync(client, Receiver.At($"/403?sig={Secret}"));
        var job = (string)answer["id"]!;

        (await OutputsAsync(client, job)).ShouldBe(["""{"status":"failed","attempts":1,"reason":"rejected"}"""]);
        ((string)(await client.FinalAsync(job))["status"]!).ShouldBe("succeeded");
        service.Output.ShouldContain(job);
        service.Output.ShouldNotContain(Secret);
    }

    [Fact]
    public async Task Edit_WhenPrivateHostsAreNotAllowed_IsRefusedByName()
    {
        await using var service = await ServiceProcess.StartAsync(Workspace, Configurations.With(Provider));
        using var client = EditClient.For(service);
        using var form = EditClient.Form(Png.Gradient(), ("model", "openai/gpt-image-2"), ("prompt", "make it blue"), ("output_url", Receiver.At("/200")));

        var (response, body) = await client.PostAsync(form);

        ((int)response.StatusCode, (string)body["error"]!["param"]!).ShouldBe((400, "output_url"));
    }

    [Fact]
    public async Task Edit_WhenAzureSignedTheUrl_TheBlobIsThePicture()
    {
        var container = new BlobContainerClient((await AzuriteServer.SharedAsync()).ConnectionString, AzuriteServer.NewContainer());
        await container.CreateAsync();
        var blob = container.GetBlobClient("orders/7.png");
        await using var service = await ServiceProcess.StartAsync(Workspace, WithBuckets());
        using var client = EditClient.For(service);

        var answer = await EditAsync(client, blob.GenerateSasUri(BlobSasPermissions.Create, TimeProvider.System.GetUtcNow().AddHours(1)).AbsoluteUri);

        (await OutputsAsync(client, (string)answer["id"]!)).ShouldBe(["""{"status":"delivered","attempts":1}"""]);
        var stored = (await blob.DownloadContentAsync()).Value;
        stored.Content.ToArray().ShouldBe(Convert.FromBase64String((string)answer["data"]![0]!["b64_json"]!));
        stored.Details.ContentType.ShouldBe("image/png");
    }

    /// <summary>Three times amid them; the bucket lives on, and refuses every third call.</summary>
    [Fact]
    public async Task Kill_WhenPicturesAreUnderWay_EveryOneArrives()
    {
        const int Jobs = 30;
        var (calls, isOpen) = (0, false);
        Receiver.Answer = http => http.Request.Method == HttpMethods.Put && (!Volatile.Read(ref isOpen) || Interlocked.Increment(ref calls) % 3 == 0) ? 503 : null;
        var configuration = WithBuckets([.. Enumerable.Repeat("00:00:01", 20)]);
        for (var life = 0; life < 3; life++)
        {
            await using var service = await ServiceProcess.StartAsync(Workspace, configuration);
            using var client = EditClient.For(service);
            for (var job = 0; life == 0 && job < Jobs; job++)
            {
                await SubmitAsync(client, Receiver.At($"/200/{job}/0?sig={Secret}"), Receiver.At($"/200/{job}/1?sig={Secret}"));
            }

            // What is killed is the way to the bucket, not the edit.
            foreach (var job in Workspace.List("SELECT id FROM jobs"))
            {
                ((string)(await client.FinalAsync(job))["status"]!).ShouldBe("succeeded");
            }

            Volatile.Write(ref isOpen, true);
            var seen = Receiver.Receipts.Length;
            await Receiver.WhenAsync(all => all.Count >= seen + 5).WaitAsync(Patience);
            await service.KillAsync();
            Workspace.Query("SELECT count(*) FROM bucket_puts WHERE status = 'pending'").ShouldBeGreaterThan(0, $"life {life} was to end amid them");
        }

        await using var last = await ServiceProcess.StartAsync(Workspace, configuration);
        using var final = EditClient.For(last);
        foreach (var job in Workspace.List("SELECT id FROM jobs"))
        {
            (await OutputsAsync(final, job)).ShouldAllBe(o => o.Contains("delivered"));
            foreach (var picture in (await final.FinalAsync(job))["data"]!.AsArray())
            {
                var kept = await final.Http.GetByteArrayAsync(new Uri((string)picture!["url"]!));
                Receiver.Receipts.ShouldContain(r => r.Path.EndsWith($"/{picture!["index"]}") && r.Bytes.ToArray().SequenceEqual(kept));
            }
        }

        Receiver.Receipts.Select(r => r.Path).Distinct(StringComparer.Ordinal).Count().ShouldBe((2 * Jobs) + 1);
        Workspace.Query("SELECT count(*) FROM bucket_puts WHERE url IS NOT NULL OR epoch IS NOT NULL").ShouldBe(0);
        Workspace.Query("SELECT count(*) FROM bucket_puts WHERE status = 'delivered'").ShouldBe(2 * Jobs);
    }

    private JsonObject WithBuckets(params string[] schedule)
    {
        var configuration = Configurations.With(Provider);
        configuration["Buckets"] = new JsonObject { ["AllowPrivateHosts"] = true, ["BreakerFailures"] = 1000 };
        configuration["Webhooks"] = new JsonObject { ["AllowPrivateHosts"] = true };
        if (schedule.Length > 0)
        {
            configuration["Buckets"]!["Schedule"] = new JsonArray([.. schedule.Select(s => (JsonNode)s)]);
        }

        return configuration;
    }

    private async Task<JsonNode> EditAsync(EditClient client, params string[] urls)
    {
        using var form = await FormAsync(client, urls);
        var (response, body) = await client.PostAsync(form);
        ((int)response.StatusCode).ShouldBe(200, body.ToJsonString());
        return body;
    }

    private async Task SubmitAsync(EditClient client, params string[] urls)
    {
        using var form = await FormAsync(client, urls);
        var (response, body) = await client.PostAsync(form, ("Prefer", "respond-async"));
        ((int)response.StatusCode).ShouldBe(202, body.ToJsonString());
    }

    /// <summary>A webhook tells when the last picture is no longer under way.</summary>
    private async Task<MultipartFormDataContent> FormAsync(EditClient client, string[] urls)
    {
        if (Workspace.Query("SELECT count(*) FROM webhook_secrets") == 0)
        {
            using var answer = await client.Http.PostAsync(new Uri("/v1/webhooks/secret", UriKind.Relative), content: null);
            answer.EnsureSuccessStatusCode();
        }

        return EditClient.Form(
            Png.Gradient(),
            [
                ("model", "openai/gpt-image-2"), ("prompt", "make it blue"), ("n", $"{urls.Length}"), ("webhook_url", Receiver.At("/204/hook")),
                .. urls.Select(u => ("output_url", u)),
            ]);
    }

    /// <summary>How the pictures of a job fared, once none is under way.</summary>
    private async Task<List<string>> OutputsAsync(EditClient client, string job)
    {
        await Receiver.WhenAsync(all => all.Any(r => r.Path == "/204/hook" && Tells(r, job))).WaitAsync(Patience);
        Receiver.Receipts.ShouldAllBe(r => r.Path != "/204/hook" || !r.Body.Contains(Secret));
        var (_, body) = await client.GetAsync($"/v1/jobs/{job}");
        return [.. body["data"]!.AsArray().Select(p => p!["output"]!.ToJsonString())];
    }

    private static bool Tells(WebhookReceipt receipt, string job)
    {
        var body = JsonNode.Parse(receipt.Body)!;
        return (string)body["type"]! is "job.output_delivered" or "job.output_failed" && (string)body["data"]!["id"]! == job;
    }
}
