using FsCheck;
using FsCheck.Fluent;

using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Gates;

using Microsoft.FSharp.Core;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Gates;

/// <summary>What holds at a gate whatever is called in whatever order.</summary>
public sealed class GateProperties
{
    private const int Runs = 400;
    private const int MostKeys = 2;
    private const int Concurrency = 4;
    private const int PerMinute = 7;

    private static readonly Arbitrary<int[]> Scripts = Arb.From(Gen.ArrayOf(Gen.Choose(0, 99_999), 150));

    private static readonly FailureKind?[] Ends =
        [null, null, null, FailureKind.Transient, FailureKind.Transient, FailureKind.Broken, FailureKind.RateLimited, FailureKind.Quota, FailureKind.Refused, FailureKind.Canceled];

    private readonly Dictionary<string, (string Key, DateTimeOffset Until, bool IsAwaited)> _held = new(StringComparer.Ordinal);
    private readonly List<(string Key, DateTimeOffset At)> _starts = [];
    private readonly Dictionary<string, GateTicket> _queued = new(StringComparer.Ordinal);
    private GateBench _bench = null!;
    private int _seen;

    [Fact]
    public void Gate_WhateverIsCalled_KeepsItsLimitsAndLeavesNobodyWaitingForNothing()
        => Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Runs).WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(20260302UL), FSharpOption<int>.None))),
            Prop.ForAll(Scripts, Run));

    private void Run(int[] script)
    {
        Reset();
        foreach (var (code, index) in script.Select((code, index) => (code, index)))
        {
            Step(code % 6, code / 6, index);
            TakeTold();
            ShouldHold();
        }

        // Given time and no more failures, whoever is in line goes or is sent away.
        for (var i = 0; i < 1_000 && _queued.Count > 0; i++)
        {
            _held.Keys.ToList().ForEach(Release);
            Advance(TimeSpan.FromSeconds(7));
            TakeTold();
        }

        _queued.ShouldBeEmpty();
    }

    private void Step(int call, int choice, int index)
    {
        switch (call)
        {
            case 0 or 1:
                Request(choice, index);
                break;
            case 2 when _held.Count > 0:
                Release(Pick(choice));
                break;
            case 3 when _held.Count > 0:
                Report(Pick(choice), new(Ends[choice % Ends.Length], choice % 3 == 0 ? TimeSpan.FromSeconds(choice % 20) : null));
                break;
            case 4 when _held.Count > 0:
                Renew(Pick(choice));
                break;
            case 5 when choice % 4 == 0 && _queued.Count > 0:
                var gone = _queued.Keys.Order(StringComparer.Ordinal).ElementAt(choice % _queued.Count);
                _queued.Remove(gone);
                _bench.Call(g => { g.Withdraw((gone, 1), _bench.Now); return true; });
                break;
            default:
                Advance(TimeSpan.FromSeconds(choice % 30));
                break;
        }
    }

    private void Request(int choice, int index)
    {
        var ticket = GateBench.Ticket($"j{index}", $"t{choice % 3}") with
        {
            IsAwaited = choice % 2 == 0, MayFallBack = choice % 5 == 0, AcceptedAt = _bench.Now, AvoidKeys = choice % 7 == 0 ? ["key1"] : [],
        };
        var answer = _bench.Request(ticket);
        if (answer is GateAnswer.Granted granted)
        {
            Hold(granted.Key, granted.Lease, ticket, _bench.Now);
            _bench.Request(ticket).ShouldBe(granted);
        }
        else if (answer is GateAnswer.Queued)
        {
            _queued.Add(ticket.Job, ticket);
            _bench.Request(ticket).ShouldBeOfType<GateAnswer.Queued>();
        }
    }

    private void Release(string lease)
    {
        _held.Remove(lease);
        _bench.Release(lease);
        _bench.Release(lease);
    }

    private void Report(string lease, GateReport report)
    {
        _held.Remove(lease);
        _bench.Report(lease, report);
        _bench.Release(lease);
    }

    private void Renew(string lease)
    {
        var (key, _, isAwaited) = _held[lease];
        _bench.Call(g => g.Renew(lease, _bench.Now)).ShouldBeTrue();
        _held[lease] = (key, _bench.Now + LeaseTerms.Life, isAwaited);
    }

    private void Advance(TimeSpan by)
    {
        _bench.Advance(by);
        _bench.Call(g => { g.Wake(_bench.Now); return true; });
    }

    private void TakeTold()
    {
        foreach (var telling in _bench.Told.Skip(_seen))
        {
            _queued.Remove(telling.Ticket.Job).ShouldBeTrue();
            if (telling.Fact is JobFact.GateGranted granted)
            {
                Hold(granted.Key, granted.Lease, telling.Ticket, granted.At);
            }
            else
            {
                telling.Ticket.MayFallBack.ShouldBeTrue();
            }
        }

        _seen = _bench.Told.Count;
        foreach (var over in _held.Where(h => h.Value.Until <= _bench.Now).Select(h => h.Key).ToList())
        {
            _held.Remove(over);
        }
    }

    private void Hold(string key, string lease, GateTicket ticket, DateTimeOffset at)
    {
        _held.Add(lease, (key, at + LeaseTerms.Life, ticket.IsAwaited));
        _starts.Add((key, at));
        _starts.Count(s => s.Key == key && s.At > at - TimeSpan.FromMinutes(1)).ShouldBeLessThanOrEqualTo(PerMinute);
    }

    private void ShouldHold()
    {
        foreach (var key in _held.Values.GroupBy(h => h.Key))
        {
            key.Count().ShouldBeLessThanOrEqualTo(Concurrency);
            key.Count(h => !h.IsAwaited).ShouldBeLessThanOrEqualTo(Concurrency - 1);
        }

        (_bench.Gate.InFlight, _bench.Gate.Queued).ShouldBe((_held.Count, _queued.Count));
        (_queued.Count == 0 || _bench.Gate.WakeAt > _bench.Now).ShouldBeTrue();
    }

    private string Pick(int choice) => _held.Keys.ElementAt(choice % _held.Count);

    private void Reset()
    {
        var options = GateBench.Options(Concurrency, [.. Enumerable.Repeat(1.0, MostKeys)]);
        options.AwaitedReserve = 0.25;
        options.RequestsPerMinute = PerMinute;
        options.Breaker = new BreakerOptions { Failures = 2 };
        _bench = new GateBench(options);
        _held.Clear();
        _starts.Clear();
        _queued.Clear();
        _seen = 0;
    }
}
