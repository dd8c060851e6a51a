using System.Net;

using MPilot.Jobs.EndToEnd.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Cluster.Tests;

/// <summary>Every node answers for every job, wherever it came in and wherever its call is made.</summary>
[Collection(ClusterCollection.Name)]
public sealed class AnyNodeTests(ClusterFixture cluster)
{
    [Fact]
    public async Task Wait_WhenTheJobCameInElsewhere_IsAnsweredWhenItEnds()
    {
        var job = await SubmitHeldAsync("wait");
        using var client = EditClient.For(cluster.B);

        var waiting = client.GetAsync($"/v1/jobs/{job}?wait=30");
        cluster.Provider.Release("wait");

        ((string)(await waiting).Body["status"]!).ShouldBe("succeeded");
    }

    [Fact]
    public async Task Events_WhenTheJobCameInElsewhere_AreToldAsTheyHappen()
    {
        var job = await SubmitHeldAsync("events");
        using var listener = await FrameListener.ToEventsAsync(cluster.B, job);

        await listener.UntilAsync("job.attempt_started");
        cluster.Provider.Release("events");
        await listener.EndAsync();

        listener.Frames.Select(f => f.Id).ShouldBe(Enumerable.Range(1, listener.Frames.Count).Select(i => (long?)i));
        listener.Frames[^1].Name.ShouldBe("job.finalized");
    }

    [Fact]
    public async Task Cancel_WhenTheJobCameInElsewhere_StopsItsCall()
    {
        var job = await SubmitHeldAsync("cancel");
        using var client = EditClient.For(cluster.C);

        using var canceled = await client.Http.PostAsync(new Uri($"/v1/jobs/{job}/cancel", UriKind.Relative), content: null);

        canceled.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        ((string)(await client.FinalAsync(job))["status"]!).ShouldBe("canceled");
        await cluster.Provider.Ledger.FinishedAsync(cluster.Provider.Ledger.Read().CallCount);
        cluster.Provider.Ledger.Calls.Single(c => c.Fields["prompt"] == "cancel").ClientPresent.ShouldBe(false);
    }

    [Fact]
    public async Task Picture_WhenItWasMadeElsewhere_IsDownloadedFromAnyNode()
    {
        var job = await SubmitHeldAsync("picture");
        cluster.Provider.Release("picture");
        foreach (var node in new[] { cluster.A, cluster.B, cluster.C })
        {
            using var client = EditClient.For(node);
            var link = new Uri((string)(await client.FinalAsync(job))["data"]![0]!["url"]!);

            (await client.Http.GetByteArrayAsync(new Uri(link.PathAndQuery, UriKind.Relative))).ShouldNotBeEmpty();
        }
    }

    private async Task<string> SubmitHeldAsync(string prompt)
    {
        var job = await EditClient.SubmitAsync(cluster.A, prompt);
        await cluster.Provider.HeldAsync(prompt);
        return job;
    }
}
