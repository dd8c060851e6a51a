using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Nodes;

public sealed class NodeIdentityTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    private readonly NodeIdentity _node = new("node_a");

    [Fact]
    public void HasExpired_WhenNobodyGoesByItsLease_IsFalse() => _node.HasExpired(At(1_000_000)).ShouldBeFalse();

    [Fact]
    public void HasExpired_WhenTheLeaseIsOver_IsTrueUntilRenewed()
    {
        Renew(0);
        (_node.HasExpired(At(9)), _node.HasExpired(At(10))).ShouldBe((false, true));

        Renew(12);
        _node.HasExpired(At(12)).ShouldBeFalse();
    }

    [Fact]
    public async Task LivesAsync_WhenTheLeaseIsOver_WaitsForItsRenewal()
    {
        var time = new ManualTime();
        Renew(0);
        (await _node.LivesAsync(time)).ShouldBeTrue();

        time.Advance(Lease);
        var lives = _node.LivesAsync(time);
        lives.IsCompleted.ShouldBeFalse();
        Renew(10);

        (await lives).ShouldBeTrue();
    }

    [Fact]
    public async Task LivesAsync_WhenOthersTookOver_IsFalse()
    {
        var time = new ManualTime();
        Renew(0);
        time.Advance(Lease);
        var lives = _node.LivesAsync(time);

        await _node.EndAsync();

        (await lives).ShouldBeFalse();
        _node.HasExpired(At(0)).ShouldBeTrue();
    }

    [Fact]
    public void HasBeenSteadyFor_WhenRenewalsSucceed_IsTrueAfterThatTime()
    {
        IsSteady(0).ShouldBeFalse("nothing was renewed yet");

        Renew(0, 3, 6, 9);

        (IsSteady(9), IsSteady(10)).ShouldBe((false, true));
    }

    [Fact]
    public void HasBeenSteadyFor_WhenARenewalWasMissed_CountsFromTheNextOne()
    {
        Renew(0, 3, 6, 9, 12);

        _node.MissRenewal();
        IsSteady(15).ShouldBeFalse();
        Renew(18, 21, 24, 27);

        (IsSteady(27), IsSteady(28)).ShouldBe((false, true));
    }

    [Fact]
    public void HasBeenSteadyFor_WhenTheLeaseWasOver_CountsFromTheNextRenewal()
    {
        Renew(0, 3);

        IsSteady(13).ShouldBeFalse("the lease is over");
        Renew(40, 43, 46, 49);

        (IsSteady(49), IsSteady(50)).ShouldBe((false, true));
    }

    private bool IsSteady(int second) => _node.HasBeenSteadyFor(Lease, At(second));

    private void Renew(params int[] seconds)
    {
        foreach (var second in seconds)
        {
            _node.Renewed(At(second), At(second) + Lease);
        }
    }

    private static DateTimeOffset At(int second) => ManualTime.Start.AddSeconds(second);
}
