using System.Globalization;
using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;
using Xunit.Abstractions;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>Events on a real RabbitMQ, which comes and goes, as others get them: by a plain AMQP client and by MassTransit in another process.</summary>
public sealed class BusTests(ITestOutputHelper output) : OneProviderTests
{
    private const string Variable = "MPILOT_TEST_BUS";
    private const int Short = 200;
    private const int Long = 2000;
    private const int Callers = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly int _jobs = Environment.GetEnvironmentVariable("MPILOT_TEST_LONG") is null ? Short : Long;
    private readonly List<string> _accepted = [];
    private int _orders;
    private RabbitServer _server = null!;
    private ServiceProcess _service = null!;
    private TaskCompletionSource _restarted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _server = await RabbitServer.SharedAsync();
    }

    [Fact]
    public async Task Events_WhenTheBusStopsAndTheServiceIsKilled_ReachOutsideQueuesAtLeastOnceAndInOrder()
    {
        _service = await StartAsync();
        await using var plain = await OutsideQueue.BindAsync(_server.Address, "plain");
        await using var massTransit = await ListenerProcess.StartAsync(_server.Address, "mass-transit");
        var start = TimeProvider.System.GetTimestamp();

        // 1. All is well. 2. The bus goes, edits go on.
        await SubmitAsync(_jobs / 4);
        await Task.WhenAll(_server.StopAsync(), SubmitAsync(_jobs / 4));
        await ShouldGoOnWithoutTheBusAsync();

        // 3. The service dies meanwhile.
        await Task.WhenAll(KillAsync(), SubmitAsync(_jobs / 4));
        var waited = Workspace.Query("SELECT count(*) FROM outbox");
        var before = plain.Read.Count;

        // 4. The bus comes back; the service dies once more while it brings what has waited.
        await Task.WhenAll(KillAmidAsync(plain, before + ((int)waited / 2)), SubmitAsync(_jobs / 4));
        await using (_service)
        {
            await Task.WhenAll(_accepted.Select(FinalAsync));
            var events = Workspace.List("SELECT job || '/' || sequence FROM events").ToHashSet(StringComparer.Ordinal);
            await plain.WhenAsync(read => read.Count >= events.Count && events.IsSubsetOf(read.Select(Name))).WaitAsync(Patience);
            await massTransit.WhenAsync(heard => heard.Count >= events.Count && events.IsSubsetOf(heard.Where(IsAny).Select(Name))).WaitAsync(Patience);
            output.WriteLine(
                $"{_jobs} jobs, {events.Count} events, {waited} waited for the bus; {plain.Read.Count - events.Count} came again to the plain client, "
                + $"{massTransit.Heard.Count(IsAny) - events.Count} to MassTransit; {TimeProvider.System.GetElapsedTime(start).TotalSeconds:F0} s");
        }

        ShouldBeInOrder(plain.Read.Select(m => (m.Job, m.Sequence)));
        ShouldBeInOrder(massTransit.Heard.Where(IsAny).Select(h => ((string)h["JobId"]!, (long)h["Sequence"]!)));
        plain.Read.ShouldAllBe(m => m.Id == EventId.Of(m.Job, m.Sequence).Value.ToString("D") && (string)m.Event["eventId"]! == EventId.Of(m.Job, m.Sequence).ToString());
        massTransit.Heard.Where(h => !IsAny(h)).Select(h => (string)h["JobId"]!).Distinct(StringComparer.Ordinal)
            .ShouldBe(Workspace.List("SELECT id FROM jobs"), ignoreOrder: true);
        _accepted.ShouldBeSubsetOf(Workspace.List("SELECT id FROM jobs"));
        waited.ShouldBeGreaterThan(_jobs / 4);
        _service.Output.ShouldNotContain("guest:guest");
    }

    [Fact]
    public async Task Start_WhenTheBusIsAway_ServesEditsAndBringsTheirEventsOnceItIsThere()
    {
        await using var plain = await OutsideQueue.BindAsync(_server.Address, "late");
        await _server.StopAsync();
        await using var service = _service = await StartAsync();
        await ShouldGoOnWithoutTheBusAsync();

        await _server.ResumeAsync();

        await plain.WhenAsync(read => read.Any(m => m.Type == "job.finalized")).WaitAsync(Patience);
        await service.SaidAsync("The bus is up");
        using var client = EditClient.For(service);
        ((string?)(await client.GetAsync("/health/ready")).Body["status"]).ShouldBe("ready");
        var completed = plain.Read.First(m => m.Type == "image_edit.completed").Event["picture"]!;
        using var picture = await client.Http.GetAsync(new Uri((string)completed["url"]!));
        ((long?)picture.Content.Headers.ContentLength, picture.Content.Headers.ContentType!.MediaType)
            .ShouldBe(((long)completed["length"]!, (string)completed["contentType"]!));
    }

    [Fact]
    public async Task Terminate_WhenTheBusIsAway_EndsAllTheSame()
    {
        await _server.StopAsync();
        await using var service = _service = await StartAsync();
        await ShouldGoOnWithoutTheBusAsync();

        await service.TerminateAsync();

        (await service.EndedAsync()).ShouldBe(0);
        service.Output.ShouldNotContain("unhandled exception");
        await _server.ResumeAsync();
    }

    private static string Name(OutsideMessage message) => $"{message.Job}/{message.Sequence}";

    private static string Name(JsonNode heard) => $"{(string)heard["JobId"]!}/{(long)heard["Sequence"]!}";

    private static bool IsAny(JsonNode heard) => (string)heard["heardAs"]! == "any";

    /// <summary>The first time each event came, those of a job came in their order, from the first, without gap.</summary>
    private static void ShouldBeInOrder(IEnumerable<(string Job, long Sequence)> read)
    {
        foreach (var job in read.GroupBy(m => m.Job, m => m.Sequence, StringComparer.Ordinal))
        {
            var first = job.Distinct().ToList();
            first.ShouldBe(Enumerable.Range(1, first.Count).Select(i => (long)i), job.Key);
        }
    }

    private Task<ServiceProcess> StartAsync()
    {
        var configuration = Configurations.With(Provider);
        configuration["Bus"] = new JsonObject { ["Kind"] = "rabbitmq", ["Uri"] = $"env:{Variable}" };
        return ServiceProcess.StartAsync(Workspace, configuration, (Variable, _server.Address.AbsoluteUri));
    }

    /// <summary>An awaited edit is answered, and readiness says what is wrong.</summary>
    private async Task ShouldGoOnWithoutTheBusAsync()
    {
        await _service.SaidAsync("The bus is down");
        using var client = EditClient.For(_service);
        var (ready, body) = await client.GetAsync("/health/ready");
        ((int)ready.StatusCode, (string)body["status"]!).ShouldBe((200, "degraded"));
        ((string)body["checks"]!.AsArray().Single(c => (string)c!["name"]! == "bus")!["message"]!).ShouldBe("The bus cannot be reached; events wait.");
        using var form = EditClient.Form(Png.Gradient(), ("model", "openai/gpt-image-2"), ("prompt", "while the bus is down"));
        var (answer, edit) = await client.PostAsync(form);
        ((int)answer.StatusCode).ShouldBe(200, edit.ToJsonString());
    }

    /// <summary>Has so many more edits accepted, some at a time; one that meets a dead service is sent again, under its key, to the next.</summary>
    private async Task SubmitAsync(int count)
        => await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (_, stop) =>
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"order-{Interlocked.Increment(ref _orders)}");
            while (true)
            {
                var restarted = _restarted.Task;
                try
                {
                    var job = await EditClient.SubmitAsync(_service, "p", ("Idempotency-Key", key));
                    lock (_accepted)
                    {
                        _accepted.Add(job);
                    }

                    return;
                }
                catch (HttpRequestException)
                {
                    await restarted.WaitAsync(Patience, stop);
                }
            }
        });

    private async Task KillAsync()
    {
        await _service.KillAsync();
        await _service.DisposeAsync();
        _service = await StartAsync();
        var restarted = _restarted;
        _restarted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        restarted.SetResult();
    }

    private async Task KillAmidAsync(OutsideQueue queue, int read)
    {
        await _server.ResumeAsync();
        await queue.WhenAsync(r => r.Count >= read).WaitAsync(Patience);
        await KillAsync();
    }

    private async Task FinalAsync(string job)
    {
        using var client = EditClient.For(_service);
        ((string)(await client.FinalAsync(job))["status"]!).ShouldBe("succeeded");
    }
}
