using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Cluster.Tests;

/// <summary>Any node brings a picture to its bucket, wherever the job came in.</summary>
[Collection(ClusterCollection.Name)]
public sealed class BucketTests(ClusterFixture cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Pictures_WhenANodeIsKilledAmidThem_AllArriveAndEveryNodeSaysSo()
    {
        const int Jobs = 12;
        const string Hook = "/204/hook";
        await using var receiver = await WebhookReceiver.StartAsync();
        using var client = EditClient.For(cluster.B);
        (await client.Http.PostAsync(new Uri("/v1/webhooks/secret", UriKind.Relative), content: null)).EnsureSuccessStatusCode();
        await using var dying = await cluster.StartAsync();
        var amid = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = 0;
        receiver.Answer = http =>
        {
            var isPut = http.Request.Path != Hook;
            if (isPut && Interlocked.Increment(ref calls) == Jobs / 2)
            {
                amid.TrySetResult();
            }

            return isPut && calls <= Jobs / 2 ? 503 : null;
        };
        ServiceProcess[] nodes = [cluster.A, cluster.B, dying];
        var jobs = await Task.WhenAll(Enumerable.Range(0, Jobs).Select(i => SubmitAsync(nodes[i % nodes.Length], receiver, i, Hook)));
        await cluster.Provider.HeldAsync("bucket", Jobs);
        cluster.Provider.Release("bucket");
        await Task.WhenAll(jobs.Select(client.FinalAsync));
        await amid.Task.WaitAsync(Patience);
        await dying.KillAsync();

        await receiver.WhenAsync(all => jobs.All(job => all.Any(r => r.Path == Hook && IsAbout(r, job)))).WaitAsync(Patience);

        foreach (var (job, index) in jobs.Select((job, index) => (job, index)))
        {
            var picture = (await client.FinalAsync(job))["data"]![0]!;
            ((string)picture["output"]!["status"]!).ShouldBe("delivered", picture.ToJsonString());
            var kept = await client.Http.GetByteArrayAsync(new Uri(new Uri((string)picture["url"]!).PathAndQuery, UriKind.Relative));
            receiver.Receipts.ShouldContain(r => r.Path == $"/200/{index}" && r.Bytes.ToArray().SequenceEqual(kept));
        }

        (await cluster.NumberAsync("SELECT count(*) FROM bucket_puts WHERE url IS NOT NULL OR epoch IS NOT NULL")).ShouldBe(0);
    }

    private static async Task<string> SubmitAsync(ServiceProcess node, WebhookReceiver receiver, int index, string hook)
    {
        using var client = EditClient.For(node);
        using var form = EditClient.Form(
            Png.Gradient(), ("model", "openai/gpt-image-2"), ("prompt", "bucket"), ("output_url", receiver.At($"/200/{index}")), ("webhook_url", receiver.At(hook)));
        var (response, body) = await client.PostAsync(form, ("Prefer", "respond-async"));
        ((int)response.StatusCode).ShouldBe(202, body.ToJsonString());
        return (string)body["id"]!;
    }

    private static bool IsAbout(WebhookReceipt receipt, string job)
    {
        var body = JsonNode.Parse(receipt.Body)!;
        return (string)body["type"]! is "job.output_delivered" or "job.output_failed" && (string)body["data"]!["id"]! == job;
    }
}
