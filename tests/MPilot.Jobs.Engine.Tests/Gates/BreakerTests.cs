using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Engine.Gates;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Gates;

/// <summary>A key that fails time after time.</summary>
public sealed class BreakerTests
{
    private readonly GateBench _gate = new(GateBench.Options(20));

    [Theory]
    [InlineData(FailureKind.Transient)]
    [InlineData(FailureKind.TimedOut)]
    [InlineData(FailureKind.Broken)]
    public void Report_WhenFiveFailInARow_OpensThenProbesOneAtATimeThenCloses(FailureKind failure)
    {
        Fail(4, failure);
        _gate.Gate.OpenBreakers.ShouldBe(0);
        Fail(1, failure);
        _gate.Gate.OpenBreakers.ShouldBe(1);
        _gate.Request(GateBench.Ticket("p1"));
        _gate.Request(GateBench.Ticket("p2"));

        _gate.Advance(TimeSpan.FromSeconds(29.9));
        _gate.Granted.ShouldBeEmpty();
        _gate.Advance(TimeSpan.FromSeconds(0.1));
        _gate.Granted.ShouldBe(["p1"]);

        // The probe fails: open again, and the next waits as long.
        _gate.Report(_gate.LeaseOf("p1"), new(failure, null));
        _gate.Advance(TimeSpan.FromSeconds(30));
        _gate.Granted.ShouldBe(["p1", "p2"]);

        _gate.Report(_gate.LeaseOf("p2"), new(null, null));
        _gate.Gate.OpenBreakers.ShouldBe(0);
        _gate.Grant("free");
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(FailureKind.Refused, 0)]
    [InlineData(FailureKind.InvalidInput, 0)]
    [InlineData(FailureKind.Canceled, 1)]
    [InlineData(FailureKind.Lost, 1)]
    public void Report_WhenTheProviderAnsweredInBetween_StartsCountingAnew(FailureKind? between, int open)
    {
        Fail(4, FailureKind.Transient);
        _gate.Report(_gate.Grant("between").Lease, new(between, null));

        Fail(1, FailureKind.Transient);

        _gate.Gate.OpenBreakers.ShouldBe(open);
    }

    [Fact]
    public void Probe_WhenGivenBackWithoutAReport_LetsAnotherProbe()
    {
        Fail(5, FailureKind.Transient);
        _gate.Advance(TimeSpan.FromSeconds(30));
        var probe = _gate.Grant("p1");
        _gate.Request(GateBench.Ticket("p2")).ShouldBeOfType<GateAnswer.Queued>();
        _gate.Request(GateBench.Ticket("p3") with { MayFallBack = true }).ShouldBeOfType<GateAnswer.Closed>();

        _gate.Release(probe.Lease);

        _gate.Granted.ShouldBe(["p2"]);
    }

    [Fact]
    public void Report_WhenACallFromBeforeTheOpeningComesBack_ChangesNothing()
    {
        var old = _gate.Grant("old");
        Fail(5, FailureKind.Transient);

        _gate.Report(old.Lease, new(null, null));

        _gate.Gate.OpenBreakers.ShouldBe(1);
    }

    private void Fail(int times, FailureKind failure)
    {
        for (var i = 0; i < times; i++)
        {
            var granted = _gate.Grant($"{failure}{Guid.CreateVersion7(_gate.Now)}");
            _gate.Report(granted.Lease, new(failure, null));
        }
    }
}
