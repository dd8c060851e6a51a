using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Engine.Gates;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Gates;

/// <summary>Places, keys, lines and leases of one provider's gate.</summary>
public sealed class ProviderGateTests
{
    [Fact]
    public void Request_WhenKeyIsBusy_QueuesAndGrantsFirstComeFirstServed()
    {
        var gate = new GateBench(GateBench.Options(1));
        var first = gate.Grant("1");
        gate.Request(GateBench.Ticket("2")).ShouldBeOfType<GateAnswer.Queued>();
        gate.Request(GateBench.Ticket("3")).ShouldBeOfType<GateAnswer.Queued>();

        gate.Release(first.Lease);
        gate.Granted.ShouldBe(["2"]);
        gate.Release(gate.LeaseOf("2"));

        gate.Granted.ShouldBe(["2", "3"]);
    }

    [Fact]
    public void Request_WhenAskedAgain_AnswersTheSame()
    {
        var gate = new GateBench(GateBench.Options(1));
        var first = gate.Grant("1");
        gate.Request(GateBench.Ticket("2"));
        gate.Request(GateBench.Ticket("2")).ShouldBeOfType<GateAnswer.Queued>();

        gate.Grant("1").ShouldBe(first);
        gate.Release(first.Lease);
        gate.Told.ShouldHaveSingleItem();
        gate.Grant("2").ShouldBe(new GateAnswer.Granted("", gate.LeaseOf("2")));
    }

    [Fact]
    public void Release_WhenRepeatedOrUnknown_FreesNothingMore()
    {
        var gate = new GateBench(GateBench.Options(1));
        var first = gate.Grant("1");
        gate.Release("unknown");
        gate.Release(first.Lease);
        gate.Grant("2");

        gate.Release(first.Lease);

        gate.Request(GateBench.Ticket("3")).ShouldBeOfType<GateAnswer.Queued>();
    }

    [Fact]
    public void Withdraw_WhenQueued_TakesTheTicketOut()
    {
        var gate = new GateBench(GateBench.Options(1));
        var first = gate.Grant("1");
        gate.Request(GateBench.Ticket("2"));
        gate.Request(GateBench.Ticket("3"));

        gate.Call(g => { g.Withdraw(("2", 1), gate.Now); return true; });
        gate.Call(g => { g.Withdraw(("unknown", 1), gate.Now); return true; });
        gate.Release(first.Lease);

        gate.Granted.ShouldBe(["3"]);
    }

    [Fact]
    public void Withdraw_WhenGranted_GivesTheLeaseBack()
    {
        var gate = new GateBench(GateBench.Options(1));
        gate.Grant("1");
        gate.Request(GateBench.Ticket("2"));

        gate.Call(g => { g.Withdraw(("1", 1), gate.Now); return true; });

        gate.Granted.ShouldBe(["2"]);
    }

    [Fact]
    public void Request_WhenKeysHaveWeights_SharesCallsInFlightByWeight()
    {
        var gate = new GateBench(GateBench.Options(8, 3, 1));

        var keys = Enumerable.Range(0, 8).Select(i => gate.Grant($"{i}").Key).ToList();

        keys.Count(k => k == "key1").ShouldBe(6);
        keys.Count(k => k == "key2").ShouldBe(2);
    }

    [Fact]
    public void Request_WhenCallsComeOneAfterTheOther_SharesThemByWeightToo()
    {
        var gate = new GateBench(GateBench.Options(8, 2, 1));
        var keys = new List<string>();
        for (var i = 0; i < 30; i++)
        {
            var granted = gate.Grant($"{i}");
            keys.Add(granted.Key);
            gate.Release(granted.Lease);
        }

        keys.Count(k => k == "key1").ShouldBe(20);
        keys.Count(k => k == "key2").ShouldBe(10);
    }

    [Fact]
    public void Request_WhenAKeyWeighsNothing_TakesItOnlyWhenNoOtherIsFree()
    {
        var gate = new GateBench(GateBench.Options(1, 0, 1));

        gate.Grant("1").Key.ShouldBe("key2");
        gate.Grant("2").Key.ShouldBe("key1");
    }

    [Fact]
    public void Request_WhenAMinuteIsFull_GrantsWhenItsFirstStartIsAMinuteAgo()
    {
        var options = GateBench.Options(10);
        options.RequestsPerMinute = 2;
        var gate = new GateBench(options);
        gate.Grant("1");
        gate.Advance(TimeSpan.FromSeconds(20));
        gate.Grant("2");
        gate.Request(GateBench.Ticket("3")).ShouldBeOfType<GateAnswer.Queued>();

        gate.Advance(TimeSpan.FromSeconds(39.999));
        gate.Granted.ShouldBeEmpty();
        gate.Advance(TimeSpan.FromSeconds(0.001));

        gate.Granted.ShouldBe(["3"]);
    }

    [Theory]
    [InlineData(FailureKind.RateLimited, null, 10)]
    [InlineData(FailureKind.RateLimited, 3, 3)]
    [InlineData(FailureKind.RateLimited, 1_000_000_000, 86_400)]
    public void Report_WhenTheKeyIsTooFast_CoolsItDown(FailureKind failure, int? retryAfter, int seconds)
    {
        var gate = new GateBench(GateBench.Options(1));
        var first = gate.Grant("1");
        gate.Report(first.Lease, new(failure, retryAfter is { } s ? TimeSpan.FromSeconds(s) : null));
        gate.Request(GateBench.Ticket("2")).ShouldBeOfType<GateAnswer.Queued>();

        gate.Advance(TimeSpan.FromSeconds(seconds - 1));
        gate.Granted.ShouldBeEmpty();
        gate.Advance(TimeSpan.FromSeconds(1));

        gate.Granted.ShouldBe(["2"]);
    }

    [Theory]
    [InlineData(FailureKind.Credentials, null, 600)]
    [InlineData(FailureKind.Credentials, 60, 600)]
    [InlineData(FailureKind.Quota, null, 600)]
    [InlineData(FailureKind.Quota, 60, 60)]
    public void Report_WhenTheKeyIsNotTaken_IsShutToWhoeverHasAnotherWay(FailureKind failure, int? retryAfter, int seconds)
    {
        var gate = new GateBench(GateBench.Options(1));
        var first = gate.Grant("1");
        gate.Report(first.Lease, new(failure, retryAfter is { } s ? TimeSpan.FromSeconds(s) : null));
        var another = GateBench.Ticket("2") with { MayFallBack = true };
        gate.Request(another).ShouldBeOfType<GateAnswer.Closed>();

        gate.Advance(TimeSpan.FromSeconds(seconds - 6));
        gate.Request(another).ShouldBeOfType<GateAnswer.Closed>();
        gate.Advance(TimeSpan.FromSeconds(6));

        gate.Request(another).ShouldBeOfType<GateAnswer.Granted>();
    }

    [Theory]
    [InlineData(FailureKind.Credentials)]
    [InlineData(FailureKind.Quota)]
    public void Report_WhenTheKeyIsNotTakenAndThereIsNoOtherWay_IsTriedAllTheSame(FailureKind failure)
    {
        var gate = new GateBench(GateBench.Options(1));
        var first = gate.Grant("1");
        gate.Request(GateBench.Ticket("2")).ShouldBeOfType<GateAnswer.Queued>();

        gate.Report(first.Lease, new(failure, null));

        gate.Granted.ShouldBe(["2"], "waiting would not bring the key back, and the provider says why best");
    }

    [Fact]
    public void Report_WhenAllKeysAreShut_SendsAwayWhoMayFallBackAndKeepsTheOthers()
    {
        var gate = new GateBench(GateBench.Options(1));
        var first = gate.Grant("1");
        gate.Request(GateBench.Ticket("2") with { MayFallBack = true }).ShouldBeOfType<GateAnswer.Queued>();
        gate.Request(GateBench.Ticket("3")).ShouldBeOfType<GateAnswer.Queued>();

        gate.Report(first.Lease, new(FailureKind.RateLimited, TimeSpan.FromMinutes(10)));

        gate.Closed.ShouldBe(["2"]);
        gate.Request(GateBench.Ticket("4") with { MayFallBack = true }).ShouldBeOfType<GateAnswer.Closed>();
        gate.Advance(TimeSpan.FromMinutes(10));
        gate.Granted.ShouldBe(["3"]);
    }

    [Fact]
    public void Request_WhenTheKeyIsBackSoon_IsQueuedAlthoughItMayFallBack()
    {
        var gate = new GateBench(GateBench.Options(1));
        var first = gate.Grant("1");
        gate.Report(first.Lease, new(FailureKind.RateLimited, TimeSpan.FromSeconds(5)));

        gate.Request(GateBench.Ticket("2") with { MayFallBack = true }).ShouldBeOfType<GateAnswer.Queued>();
    }

    [Fact]
    public void Request_WhenAKeyIsToBeAvoided_TakesAnotherAndWaitsForItWhileItIsOpen()
    {
        var gate = new GateBench(GateBench.Options(1, 1, 1));
        var avoiding = GateBench.Ticket("1") with { AvoidKeys = ["key1"] };
        var first = gate.Request(avoiding).ShouldBeOfType<GateAnswer.Granted>();
        first.Key.ShouldBe("key2");
        gate.Request(avoiding with { Job = "2" }).ShouldBeOfType<GateAnswer.Queued>();

        gate.Grant("3").Key.ShouldBe("key1");
        gate.Release(first.Lease);

        gate.Granted.ShouldBe(["2"]);
    }

    [Fact]
    public void Request_WhenAllKeysFailedIt_TakesOneOfThemAgain()
        => new GateBench(GateBench.Options(1, 1)).Request(GateBench.Ticket("1") with { AvoidKeys = ["key1"] }).ShouldBeOfType<GateAnswer.Granted>().Key.ShouldBe("key1");

    [Fact]
    public void Lease_WhenNotRenewed_ExpiresAndFreesItsPlace()
    {
        var gate = new GateBench(GateBench.Options(1));
        var first = gate.Grant("1");
        gate.Request(GateBench.Ticket("2"));
        gate.Advance(LeaseTerms.Life - TimeSpan.FromSeconds(10));
        gate.Call(g => g.Renew(first.Lease, gate.Now)).ShouldBeTrue();

        gate.Advance(LeaseTerms.Life - TimeSpan.FromSeconds(1));
        gate.Granted.ShouldBeEmpty();
        gate.Advance(TimeSpan.FromSeconds(1));

        gate.Granted.ShouldBe(["2"]);
        gate.Call(g => g.Renew(first.Lease, gate.Now)).ShouldBeFalse();
        gate.Release(first.Lease);
        gate.Gate.InFlight.ShouldBe(1);
    }

    [Fact]
    public void Reserve_WhenOthersFillTheRest_IsForAwaitedTicketsOnly()
    {
        var options = GateBench.Options(4);
        options.AwaitedReserve = 0.25;
        var gate = new GateBench(options);
        var answers = Enumerable.Range(0, 5).Select(i => gate.Request(GateBench.Ticket($"{i}"))).ToList();

        answers.Count(a => a is GateAnswer.Granted).ShouldBe(3);
        gate.Request(GateBench.Ticket("9") with { IsAwaited = true }).ShouldBeOfType<GateAnswer.Granted>();
        gate.Request(GateBench.Ticket("8") with { IsAwaited = true }).ShouldBeOfType<GateAnswer.Queued>();
        gate.Release(((GateAnswer.Granted)answers[0]).Lease);
        gate.Granted.ShouldBe(["3"]);
    }

    [Fact]
    public void Line_WhenRebuiltInAnyOrder_IsServedInAcceptOrder()
    {
        var gate = new GateBench(GateBench.Options(1));
        var lease = gate.Grant("first").Lease;
        foreach (var i in new[] { 3, 1, 4, 0, 2 })
        {
            gate.Request(GateBench.Ticket($"{9 - i}") with { AcceptedAt = gate.Now.AddSeconds(i) });
        }

        foreach (var job in new[] { "9", "8", "7", "6", "5" })
        {
            gate.Release(lease);
            lease = gate.LeaseOf(job);
        }

        gate.Granted.ShouldBe(["9", "8", "7", "6", "5"]);
    }

    [Fact]
    public void Line_WhenFiftyTenantsFloodIt_ServesAQuietOneWithinARound()
    {
        var gate = new GateBench(GateBench.Options(1));
        var lease = gate.Grant("first").Lease;
        for (var i = 0; i < 5_000; i++)
        {
            gate.Request(GateBench.Ticket($"flood{i}", $"tenant{i % 50}"));
        }

        var waits = new List<int>();
        for (var i = 0; i < 20; i++)
        {
            gate.Request(GateBench.Ticket($"quiet{i}", "quiet") with { AcceptedAt = gate.Now.AddHours(1) });
            var before = gate.Told.Count;
            while (gate.Told.Count == before || gate.Told[^1].Ticket.Tenant != "quiet")
            {
                gate.Release(lease);
                lease = gate.LeaseOf(gate.Told[^1].Ticket.Job);
            }

            waits.Add(gate.Told.Count - before);
        }

        waits.Max().ShouldBeLessThanOrEqualTo(51);
        var served = gate.Told.Where(t => t.Ticket.Tenant != "quiet").GroupBy(t => t.Ticket.Tenant).Select(g => g.Count()).ToList();
        (served.Count, served.Max() - served.Min()).ShouldBe((50, 0));
    }

    [Fact]
    public void Count_WhenCallsOfAnEarlierGateAreOut_TheyTakeTheirPlaces()
    {
        var gate = new GateBench(GateBench.Options(1));
        for (var i = 0; i < 2; i++)
        {
            gate.Call(g => { g.Count(GateBench.Ticket("1"), new("", "lea_old"), gate.Now); return true; });
        }

        gate.Call(g => { g.Count(GateBench.Ticket("5"), new("gone", "lea_gone"), gate.Now); return true; });
        gate.Gate.InFlight.ShouldBe(1);
        gate.Request(GateBench.Ticket("2")).ShouldBeOfType<GateAnswer.Queued>();
        gate.Grant("1").Lease.ShouldBe("lea_old");

        gate.Release("lea_old");

        gate.Granted.ShouldBe(["2"]);
    }

    [Fact]
    public void Admit_WhenTheLineIsFull_TurnsAwayWhoFloodsItAndTakesAQuietTenant()
    {
        var options = GateBench.Options(1);
        options.MaxQueued = 10;
        var gate = new GateBench(options);
        var lease = gate.Grant("first").Lease;
        for (var i = 0; i < 14; i++)
        {
            gate.Request(GateBench.Ticket($"{i:00}", "flood"));
        }

        // Four grants, four seconds apart: room is expected when a tenth of the line and one more have gone.
        for (var i = 0; i < 4; i++)
        {
            gate.Advance(TimeSpan.FromSeconds(4));
            gate.Release(lease);
            lease = gate.LeaseOf($"{i:00}");
        }

        gate.Call(g => g.Admit("flood", gate.Now)).ShouldBe(new GateAdmission.Overloaded(TimeSpan.FromSeconds(8)));
        gate.Call(g => g.Admit("quiet", gate.Now)).ShouldBe(new GateAdmission.Admitted());
        gate.Release(lease);
        gate.Call(g => g.Admit("flood", gate.Now)).ShouldBe(new GateAdmission.Admitted());
    }

    [Theory]
    [InlineData(10_000, 0, 156)]
    [InlineData(10_000, 9_000, 15)]
    [InlineData(10_000, 9_999, 0)]
    [InlineData(10, 0, 0)]
    public void Admit_WhenTheLineHasRoom_GivesASmallPartOfItAhead(int maxQueued, int queued, int room)
    {
        var options = GateBench.Options(1);
        options.MaxQueued = maxQueued;
        var gate = new GateBench(options);
        gate.Grant("first");
        for (var i = 0; i < queued; i++)
        {
            gate.Request(GateBench.Ticket($"{i}"));
        }

        gate.Call(g => g.Admit("any", gate.Now)).ShouldBe(new GateAdmission.Admitted(room));
    }

    [Fact]
    public void Report_WhenTheCallIsOver_GivesItsLeaseBackOnce()
    {
        var gate = new GateBench(GateBench.Options(1));
        var first = gate.Grant("1");
        gate.Request(GateBench.Ticket("2")).ShouldBeOfType<GateAnswer.Queued>();
        gate.Request(GateBench.Ticket("3")).ShouldBeOfType<GateAnswer.Queued>();

        gate.Report(first.Lease, new(null, null));
        gate.Report(first.Lease, new(FailureKind.Quota, null));
        gate.Release(first.Lease);

        gate.Granted.ShouldBe(["2"]);
        gate.Call(g => g.Renew(first.Lease, gate.Now)).ShouldBeFalse();
    }

    [Fact]
    public void Report_WhenTheKeyIsAtFault_NamesTheOtherKeysThatAreUsable()
    {
        var gate = new GateBench(GateBench.Options(1, 1, 1, 1));
        var (first, second) = (gate.Grant("1"), gate.Grant("2"));

        gate.Call(g => g.Report(first.Lease, new(FailureKind.Quota, null), gate.Now)).ShouldBe(["key2", "key3"]);
        gate.Call(g => g.Report(second.Lease, new(FailureKind.Quota, null), gate.Now)).ShouldBe(["key3"]);
    }
}
