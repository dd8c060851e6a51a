using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Gates;
using MPilot.Jobs.Engine.Telemetry;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Gates;

public sealed class InProcessGatesConformance : GatesConformance
{
    [Fact]
    public async Task Tell_WhenItsReceiverAsksTheGateFromElsewhere_DoesNotDeadlock()
    {
        IGates gates = null!;
        var answered = false;
        gates = Create((_, _) =>
        {
            var elsewhere = new Thread(() => _ = gates.RequestAsync(Ticket("3"), default)) { IsBackground = true };
            elsewhere.Start();
            answered = elsewhere.Join(TimeSpan.FromSeconds(10));
        });
        await gates.RequestAsync(Ticket("1"), default);
        await gates.RequestAsync(Ticket("2"), default);

        await gates.WithdrawAsync("a", "1", 1, default);

        answered.ShouldBeTrue();
    }

    [Fact]
    public async Task Observe_WhenOneGoesAndOneWaits_SaysSoAndHowLongTheyWaited()
    {
        var gates = (InProcessGates)Create((_, _) => { });
        var waits = new List<TimeSpan>();
        gates.Waited = (_, wait) => waits.Add(wait);
        await gates.RequestAsync(Ticket("1"), default);
        await gates.RequestAsync(Ticket("2"), default);
        gates.Read().ShouldContain(new GateReading("a", 1, 1, 0));

        World.Time.Advance(TimeSpan.FromSeconds(3));
        await gates.WithdrawAsync("a", "1", 1, default);

        waits.ShouldBe([TimeSpan.Zero, TimeSpan.FromSeconds(3)]);
    }

    protected override IGates Create(Action<GateTicket, JobFact> tell) => new InProcessGates(World.NewCatalog(), World.Ids, World.Time, tell);
}
