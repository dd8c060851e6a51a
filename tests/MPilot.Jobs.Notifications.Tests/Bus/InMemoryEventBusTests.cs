using MassTransit;

using Microsoft.Extensions.Logging.Abstractions;

using MPilot.Jobs.Contracts;
using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Notifications.Bus;
using MPilot.Jobs.Notifications.Tests.Support;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Notifications.Tests.Bus;

public sealed class InMemoryEventBusTests
{
    private const int HangGuard = 60_000;

    [Fact(Timeout = HangGuard)]
    public async Task PublishAsync_WhenSomebodyInTheProcessListens_ReachesItUnderTheIdOfTheEvent()
    {
        using var bus = await StartAsync();
        var heard = new TaskCompletionSource<(Guid? Id, JobAccepted Said)>(TaskCreationOptions.RunContinuationsAsynchronously);
        bus.Bus!.ConnectReceiveEndpoint("mine", endpoint => endpoint.Handler<JobAccepted>(context =>
        {
            heard.TrySetResult((context.MessageId, context.Message));
            return Task.CompletedTask;
        }));

        await bus.PublishAsync(SampleEvents.Rows[0], CancellationToken.None);

        var (id, said) = await heard.Task;
        id.ShouldBe(EventId.Of(SampleEvents.Job, 1).Value);
        said.ShouldBe(SampleEvents.Contracts(new ManualTime()).Of(SampleEvents.Rows[0]));
        bus.Problem.ShouldBeNull();
        await bus.StopAsync(CancellationToken.None);
    }

    [Fact(Timeout = HangGuard)]
    public async Task PublishAsync_WhenNobodyListens_IsTakenAllTheSame()
    {
        using var bus = await StartAsync();

        foreach (var row in SampleEvents.Rows)
        {
            await bus.PublishAsync(row, CancellationToken.None);
        }

        await bus.StopAsync(CancellationToken.None);
    }

    private static async Task<EventBus> StartAsync()
    {
        var time = new ManualTime();
        var bus = new EventBus(new(), SampleEvents.Contracts(time), new RecordingLifetime(), time, NullLogger<EventBus>.Instance);
        await bus.StartAsync(CancellationToken.None);
        SpinWait.SpinUntil(() => bus.IsUp, HangGuard).ShouldBeTrue();
        return bus;
    }
}
