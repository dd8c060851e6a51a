using System.Text;
using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;
using Xunit.Abstractions;

namespace MPilot.Jobs.Cluster.Tests;

/// <summary>Streams of a job whose call another node makes, over a real RabbitMQ that goes and comes.</summary>
public sealed class LiveFramesTests(ITestOutputHelper output) : IAsyncLifetime
{
    /// <summary>Longer than any test waits: what others store shows by what is heard of them, or by looks because nothing is.</summary>
    private const string Never = "12:00:00";

    private const string Gate = "frames";
    private const int Partials = 7;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Each node's way to the bus, in the order of the nodes.</summary>
    private readonly List<LoopbackRelay> _cables = [];

    private RabbitServer _bus = null!;
    private ClusterFixture _cluster = null!;
    private WebhookReceiver _webhooks = null!;

    public async Task InitializeAsync()
    {
        _bus = await RabbitServer.StartAsync();
        _webhooks = await WebhookReceiver.StartAsync();
        _cluster = new() { Adapt = Adapt };
        await _cluster.InitializeAsync();
        _cluster.Provider.Script(new ScriptRule { Match = new() { PromptContains = Gate }, Action = new() { HoldEach = Gate, Partials = Partials } });
    }

    public async Task DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _webhooks.DisposeAsync();
        foreach (var cable in _cables)
        {
            await cable.DisposeAsync();
        }

        await _bus.DisposeAsync();
    }

    [Fact]
    public async Task Frames_WhenTheBusGoesAndComes_ReachOtherNodesEachOnceAndInOrder()
    {
        await using var outside = await OutsideQueue.BindAsync(_bus.Address, "outside");
        await SubscribeAsync(_cluster.A);
        var job = await SubmitAsync(_cluster.A);
        await _cluster.Provider.HeldAsync(Gate);
        var (a, b, c) = await RolesAsync();
        await SayAsync("Hears of all jobs that other nodes store");

        // 1. The bus is up: the events at one that does not make the call, and the streamed answer of who asks again there.
        using var events = await FrameListener.ToEventsAsync(_cluster.Nodes[b], job);
        var asking = AskAsync(_cluster.Nodes[b]);
        await ShowAsync(0, "bus up", events);
        using var answer = await asking;
        await answer.NextAsync();
        await ShowAsync(1, "bus up", events, answer);

        // 2. The node that makes the call loses the bus, which the others still have.
        _cables[a].Cut();
        await ShowAsync(2, "bus lost by the maker alone", events, answer);

        // 3. It goes for all: frames come on, also to one who comes back to a third node; edits and webhooks are as ever.
        await _bus.StopAsync();
        await ShouldSayAsync("The bus is down", "degraded");
        using var resumed = await FrameListener.ToEventsAsync(_cluster.Nodes[c], job, events.Frames[^2].Id);
        await resumed.NextAsync();
        await ShowAsync(3, "bus down", events, answer, resumed);
        await EditAsync(_cluster.Nodes[b]);

        // 4. It comes back, for one node after the other.
        _cables[a].Mend();
        await _bus.ResumeAsync();
        await ShowAsync(4, "bus coming back", events, answer, resumed);
        await ShouldSayAsync("The bus is up", "ready");
        await ShowAsync(5, "bus back", events, answer, resumed);
        await ShowAsync(6, "bus back", events, answer, resumed);
        _cluster.Provider.Release(Gate);
        await Task.WhenAll(events.EndAsync(), answer.EndAsync(), resumed.EndAsync());

        // 5. Nothing twice, nothing lost.
        events.Frames.Select(f => f.Id).ShouldBe(Enumerable.Range(1, events.Frames.Count).Select(i => (long?)i));
        events.Frames[^1].Name.ShouldBe("job.finalized");
        events.Frames.Count(f => f.IsPartial).ShouldBe(Partials);
        Texts(resumed).ShouldBe(Texts(events).TakeLast(resumed.Frames.Count));
        Texts(answer).ShouldBe(events.Frames.Where(f => f.IsPartial || f.IsCompleted).Select(Text));
        await ShouldArriveAsync(outside);
    }

    private static IEnumerable<string> Texts(FrameListener listener) => listener.Frames.Select(Text);

    private static string Text(SseFrame frame) => $"{frame.Name} {frame.Json.ToJsonString()}";

    private void Adapt(JsonObject configuration)
    {
        var cable = new LoopbackRelay(_bus.Address);
        _cables.Add(cable);
        configuration["Bus"] = new JsonObject { ["Kind"] = "rabbitmq", ["Uri"] = $"amqp://guest:guest@{cable.Address.Authority}/" };
        configuration["Jobs"] = new JsonObject { ["RereadInterval"] = Never };
        configuration["Webhooks"] = new JsonObject { ["AllowPrivateHosts"] = true };
    }

    private async Task SubscribeAsync(ServiceProcess node)
    {
        using var client = EditClient.For(node);
        var endpoint = new JsonObject
        {
            ["url"] = _webhooks.At("/204"),
            ["events"] = new JsonArray("job.accepted", "job.attempt_started", "job.attempt_finished", "image_edit.completed", "job.succeeded"),
        };
        using var content = new StringContent(endpoint.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await client.Http.PostAsync(new Uri("/v1/webhooks/endpoints", UriKind.Relative), content);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    private static MultipartFormDataContent Form() => EditClient.Form(
        Png.Gradient(), ("model", "openai/gpt-image-2"), ("prompt", Gate), ("stream", "true"), ("partial_images", "2"));

    private static async Task<string> SubmitAsync(ServiceProcess node)
    {
        using var client = EditClient.For(node);
        using var form = Form();
        var (response, body) = await client.PostAsync(form, ("Prefer", "respond-async"), ("Idempotency-Key", Gate));
        ((int)response.StatusCode).ShouldBe(202, body.ToJsonString());
        return (string)body["id"]!;
    }

    private static async Task<FrameListener> AskAsync(ServiceProcess node)
    {
        using var form = Form();
        return await FrameListener.ToAnswerAsync(node, form, key: Gate);
    }

    /// <summary>Which node makes the call, and the two that do not.</summary>
    private async Task<(int Maker, int First, int Second)> RolesAsync()
    {
        var answers = await Task.WhenAll(_cluster.Nodes.Select(async node =>
        {
            using var client = EditClient.For(node);
            var metrics = await client.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
            return metrics.Contains("\nmpilot_provider_answers_total{", StringComparison.Ordinal);
        }));
        answers.Count(made => made).ShouldBe(1);
        var maker = Array.IndexOf(answers, value: true);
        return (maker, (maker + 1) % answers.Length, (maker + 2) % answers.Length);
    }

    /// <summary>Lets the provider send one more partial picture, and has it come to all who listen before anything else goes on.</summary>
    private async Task ShowAsync(int index, string when, params FrameListener[] listeners)
    {
        await _cluster.Provider.HeldAsync(Gate);
        var start = TimeProvider.System.GetTimestamp();
        _cluster.Provider.Release(Gate);
        var frames = await Task.WhenAll(listeners.Select(l => l.UntilAsync("image_edit.partial_image")));
        output.WriteLine($"{when}: {TimeProvider.System.GetElapsedTime(start).TotalMilliseconds:F0} ms");
        frames.ShouldAllBe(f => (int)f.Json["partial_image_index"]! == index);
    }

    private Task SayAsync(string news) => Task.WhenAll(_cluster.Nodes.Select(n => n.SaidAsync(news)));

    /// <summary>A node says it in its log, and shows it in what it answers: while connections come and go, not at the same moment.</summary>
    private async Task ShouldSayAsync(string news, string status)
    {
        await SayAsync(news);
        await Task.WhenAll(_cluster.Nodes.Select(node => ShowsAsync(node, status))).WaitAsync(Patience);
    }

    private static async Task ShowsAsync(ServiceProcess node, string status)
    {
        using var client = EditClient.For(node);
        while ((string)(await client.GetAsync("/health/ready")).Body["status"]! != status)
        {
            // Asked again.
        }
    }

    /// <summary>An edit is answered, and its webhooks come, before anything else goes on.</summary>
    private async Task EditAsync(ServiceProcess node)
    {
        var job = await EditClient.SubmitAsync(node, "more");
        await _cluster.Provider.HeldAsync("more");
        _cluster.Provider.Release("more");
        using var client = EditClient.For(node);
        ((string)(await client.FinalAsync(job))["status"]!).ShouldBe("succeeded");
        await _webhooks.WhenAsync(all => all.Any(r => Name(r) is var name && name.Job == job && name.Type == "job.succeeded")).WaitAsync(Patience);
        (await _cluster.NumberAsync($"SELECT count(*) FROM outbox WHERE job = '{job}'")).ShouldBeGreaterThan(0);
    }

    /// <summary>All events reach the queue of another program, and once each those that receivers of webhooks hear of.</summary>
    private async Task ShouldArriveAsync(OutsideQueue outside)
    {
        var events = await _cluster.TextsAsync("SELECT job || '/' || sequence FROM events");
        await outside.WhenAsync(read => events.ToHashSet(StringComparer.Ordinal).IsSubsetOf(read.Select(m => $"{m.Job}/{m.Sequence}"))).WaitAsync(Patience);
        var told = await _cluster.TextsAsync("SELECT job || '/' || sequence FROM events WHERE type <> 'image_edit.partial_image'");
        await _webhooks.WhenAsync(all => all.Count >= told.Count).WaitAsync(Patience);
        _webhooks.Receipts.Select(r => $"{Name(r).Job}/{Name(r).Sequence}").ShouldBe(told, ignoreOrder: true);
    }

    private static (string Job, string Type, long Sequence) Name(WebhookReceipt receipt)
    {
        var body = JsonNode.Parse(receipt.Body)!;
        return ((string)body["data"]!["id"]!, (string)body["type"]!, (long)body["sequence"]!);
    }
}
