using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Gates;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Gates;

public sealed class ProviderGateTests
{
    private readonly List<(string Job, GateAnswer.Granted Granted)> _granted = [];

    [Fact]
    public void Request_WhenKeyIsBusy_QueuesAndGrantsFirstComeFirstServed()
    {
        var gate = Gate(Options(1));
        var first = Granted(gate, "1");
        gate.Request(Ticket("2")).ShouldBeOfType<GateAnswer.Queued>();
        gate.Request(Ticket("3")).ShouldBeOfType<GateAnswer.Queued>();

        gate.Release(first.Lease);
        _granted.Select(g => g.Job).ShouldBe(["2"]);
        gate.Release(_granted[0].Granted.Lease);

        _granted.Select(g => g.Job).ShouldBe(["2", "3"]);
    }

    [Fact]
    public void Request_WhenAskedAgain_AnswersTheSame()
    {
        var gate = Gate(Options(1));
        var first = Granted(gate, "1");
        gate.Request(Ticket("2"));
        gate.Request(Ticket("2")).ShouldBeOfType<GateAnswer.Queued>();

        Granted(gate, "1").ShouldBe(first);
        gate.Release(first.Lease);
        _granted.ShouldHaveSingleItem();
        Granted(gate, "2").ShouldBe(_granted[0].Granted);
    }

    [Fact]
    public void Release_WhenRepeatedOrUnknown_FreesNothingMore()
    {
        var gate = Gate(Options(1));
        var first = Granted(gate, "1");
        gate.Release("unknown");
        gate.Release(first.Lease);
        Granted(gate, "2");

        gate.Release(first.Lease);

        gate.Request(Ticket("3")).ShouldBeOfType<GateAnswer.Queued>();
    }

    [Fact]
    public void Withdraw_WhenQueued_TakesTheTicketOut()
    {
        var gate = Gate(Options(1));
        var first = Granted(gate, "1");
        gate.Request(Ticket("2"));
        gate.Request(Ticket("3"));

        gate.Withdraw(("2", 1));
        gate.Withdraw(("unknown", 1));
        gate.Release(first.Lease);

        _granted.Select(g => g.Job).ShouldBe(["3"]);
    }

    [Fact]
    public void Withdraw_WhenGranted_GivesTheLeaseBack()
    {
        var gate = Gate(Options(1));
        Granted(gate, "1");
        gate.Request(Ticket("2"));

        gate.Withdraw(("1", 1));

        _granted.Select(g => g.Job).ShouldBe(["2"]);
    }

    [Fact]
    public void Request_WhenKeysHaveWeights_SharesCallsInFlightByWeight()
    {
        var gate = Gate(Options(8, 3, 1));

        var keys = Enumerable.Range(0, 8).Select(i => Granted(gate, $"{i}").Key).ToList();

        keys.Count(k => k == "key1").ShouldBe(6);
        keys.Count(k => k == "key2").ShouldBe(2);
    }

    [Fact]
    public void Request_WhenCallsComeOneAfterTheOther_SharesThemByWeightToo()
    {
        var gate = Gate(Options(8, 2, 1));
        var keys = new List<string>();
        for (var i = 0; i < 30; i++)
        {
            var granted = Granted(gate, $"{i}");
            keys.Add(granted.Key);
            gate.Release(granted.Lease);
        }

        keys.Count(k => k == "key1").ShouldBe(20);
        keys.Count(k => k == "key2").ShouldBe(10);
    }

    [Fact]
    public void Request_WhenAKeyWeighsNothing_TakesItOnlyWhenNoOtherIsFree()
    {
        var gate = Gate(Options(1, 0, 1));

        Granted(gate, "1").Key.ShouldBe("key2");
        Granted(gate, "2").Key.ShouldBe("key1");
    }

    [Fact]
    public void Grant_WhenItsReceiverAsksTheGateFromElsewhere_DoesNotDeadlock()
    {
        ProviderGate gate = null!;
        var answered = false;
        gate = new(Options(1), new Ids(new ManualTime()), (_, _) =>
        {
            var elsewhere = new Thread(() => gate.Request(Ticket("3"))) { IsBackground = true };
            elsewhere.Start();
            answered = elsewhere.Join(TimeSpan.FromSeconds(10));
        });
        var first = Granted(gate, "1");
        gate.Request(Ticket("2"));

        gate.Release(first.Lease);

        answered.ShouldBeTrue();
    }

    [Fact]
    public async Task InProcessGates_WhenProviderIsNotConfigured_LetTheRunnerFindOut()
    {
        var world = new World();
        var gates = new InProcessGates(world.NewCatalog(), world.Ids, (_, _) => { });

        (await gates.RequestAsync(new("gone", "default", "1", 1), CancellationToken.None)).ShouldBe(new GateAnswer.Granted("", ""));
        await gates.ReleaseAsync("gone", "", CancellationToken.None);
        await gates.WithdrawAsync("gone", "1", 1, CancellationToken.None);
        (await gates.RequestAsync(new("a", "default", "1", 1), CancellationToken.None)).ShouldBeOfType<GateAnswer.Granted>().Lease.ShouldStartWith("lea_");
    }

    private static GateTicket Ticket(string job) => new("a", "default", job, 1);

    private static GateAnswer.Granted Granted(ProviderGate gate, string job) => gate.Request(Ticket(job)).ShouldBeOfType<GateAnswer.Granted>();

    private static ProviderOptions Options(int concurrency, params double[] weights) => new()
    {
        Concurrency = concurrency,
        Keys = [.. weights.Select((w, i) => new ProviderKeyOptions { Name = $"key{i + 1}", Weight = w })],
    };

    private ProviderGate Gate(ProviderOptions options) => new(options, new Ids(new ManualTime()), (t, g) => _granted.Add((t.Job, g)));
}
