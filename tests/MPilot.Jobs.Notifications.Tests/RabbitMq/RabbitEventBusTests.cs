using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

using Microsoft.Extensions.Logging.Abstractions;

using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Notifications.Bus;
using MPilot.Jobs.Notifications.Tests.Support;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Notifications.Tests.RabbitMq;

[Collection(RabbitCollection.Name)]
public sealed class RabbitEventBusTests : IAsyncLifetime
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TimeSpan _patience = TimeSpan.FromSeconds(90);
    private RabbitServer _server = null!;
    private EventBus _bus = null!;

    public async Task InitializeAsync()
    {
        _server = await RabbitServer.SharedAsync();
        _bus = new EventBus(
            new() { Kind = EventBus.RabbitMq, Uri = _server.Address }, SampleEvents.Contracts(new ManualTime()), new RecordingLifetime(), TimeProvider.System,
            NullLogger<EventBus>.Instance);
        await _bus.StartAsync(CancellationToken.None);
        SpinWait.SpinUntil(() => _bus.IsUp, _patience).ShouldBeTrue();
    }

    public async Task DisposeAsync()
    {
        await _bus.StopAsync(CancellationToken.None);
        _bus.Dispose();
    }

    [Fact]
    public async Task PublishAsync_WhenAQueueIsBoundToAllEvents_BringsThemInOrderThroughTheExchangesOfTheContract()
    {
        await using var queue = await OutsideQueue.BindAsync(_server.Address, "all-events");

        foreach (var row in SampleEvents.Rows)
        {
            await _bus.PublishAsync(row, CancellationToken.None);
        }

        await queue.WhenAsync(read => read.Count == SampleEvents.Rows.Count).WaitAsync(_patience);
        queue.Read.Select(m => m.Id).ShouldBe(SampleEvents.Rows.Select(r => EventId.Of(r.Job, r.Event.Sequence).Value.ToString("D")));
        queue.Read.Select(m => m.Exchange).ShouldBe(
        [
            "MPilot.Jobs.Contracts:JobAccepted", "MPilot.Jobs.Contracts:JobAttemptStarted", "MPilot.Jobs.Contracts:JobAttemptFinished",
            "MPilot.Jobs.Contracts:JobAttemptFinished",
            "MPilot.Jobs.Contracts:JobPicturePreviewed", "MPilot.Jobs.Contracts:JobPictureCompleted", "MPilot.Jobs.Contracts:JobPictureFailed",
            "MPilot.Jobs.Contracts:JobCancelRequested", "MPilot.Jobs.Contracts:JobFinalized",
        ]);
        var first = queue.Read.First();
        first.Properties["content-type"].ShouldBe("application/vnd.masstransit+json");
        first.Properties["delivery-mode"].ShouldBe("2");
        ((string?)first.Envelope["messageId"]).ShouldBe(first.Id);
        Golden(queue.Read).ShouldBe(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Bus", "Golden", "events.json")));
    }

    [Fact]
    public async Task PublishAsync_WhenAQueueIsBoundToOneKind_BringsThatAlone()
    {
        await using var queue = await OutsideQueue.BindAsync(_server.Address, "finalized", "MPilot.Jobs.Contracts:JobFinalized");

        foreach (var row in SampleEvents.Rows)
        {
            await _bus.PublishAsync(row, CancellationToken.None);
        }

        await queue.WhenAsync(read => read.Count == 1).WaitAsync(_patience);
        queue.Read.Single().Type.ShouldBe("job.finalized");
    }

    [Fact]
    public async Task Problem_WhenTheServerIsAwayForAWhile_SaysSoAndWhatComesAfterIsConfirmed()
    {
        await using var queue = await OutsideQueue.BindAsync(_server.Address, "after-the-loss");
        await _server.StopAsync();
        SpinWait.SpinUntil(() => !_bus.IsUp, _patience).ShouldBeTrue();

        _bus.Problem.ShouldBe("The bus cannot be reached; events wait.");
        await _server.ResumeAsync();
        SpinWait.SpinUntil(() => _bus.IsUp, _patience).ShouldBeTrue();

        _bus.Problem.ShouldBeNull();
        await _bus.PublishAsync(SampleEvents.Rows[0], CancellationToken.None);
        await queue.WhenAsync(read => read.Count == 1).WaitAsync(_patience);
    }

    /// <summary>What others rely on: names and forms that may never change.</summary>
    private static string Golden(IEnumerable<OutsideMessage> messages)
    {
        var frozen = messages.Select(m => (JsonNode)new JsonObject { ["messageType"] = m.Envelope["messageType"]!.DeepClone(), ["message"] = m.Event.DeepClone() });
        return new JsonArray([.. frozen]).ToJsonString(Indented) + "\n";
    }
}
