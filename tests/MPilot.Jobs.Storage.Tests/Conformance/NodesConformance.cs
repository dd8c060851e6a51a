using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.Conformance;

public abstract class NodesConformance : StoreConformance
{
    private static readonly DateTimeOffset LeaseEnd = Start.AddSeconds(10);

    [Fact]
    public async Task RegisterAsync_WhenCalledAgain_GivesALargerEpoch()
    {
        var first = await RegisterAsync("a");
        var second = await RegisterAsync("b");
        var third = await RegisterAsync("a");

        new[] { first, second, third }.ShouldBeInOrder();
        new[] { first, second, third }.ShouldBeUnique();
    }

    [Fact]
    public async Task RegisterAsync_WhenManyRace_GivesEachItsOwnEpoch()
        => (await Task.WhenAll(Enumerable.Range(0, 40).Select(i => RegisterAsync($"node-{i}")))).ShouldBeUnique();

    [Fact]
    public async Task RenewAsync_WhenTheLeaseLives_ExtendsIt()
    {
        var epoch = await RegisterAsync("a");

        (await Nodes.RenewAsync("a", epoch, LeaseEnd.AddSeconds(9), default)).ShouldBeTrue();
        (await Nodes.RenewAsync("a", epoch, LeaseEnd.AddSeconds(18), default)).ShouldBeTrue();
    }

    [Fact]
    public async Task RenewAsync_WhenTheLeaseIsOverAndNobodyTookOver_BringsItBack()
    {
        var epoch = await RegisterAsync("a");

        (await Nodes.TakeOverAsync(LeaseEnd.AddSeconds(-1), default)).ShouldBeEmpty();
        (await Nodes.RenewAsync("a", epoch, LeaseEnd.AddSeconds(10), default)).ShouldBeTrue();
        (await Nodes.TakeOverAsync(LeaseEnd, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task RenewAsync_WhenSomebodyTookOver_IsFalseForEver()
    {
        var epoch = await RegisterAsync("a");
        await Nodes.TakeOverAsync(LeaseEnd, default);

        (await Nodes.RenewAsync("a", epoch, LeaseEnd.AddSeconds(10), default)).ShouldBeFalse();
        (await Nodes.RenewAsync("a", epoch, LeaseEnd.AddSeconds(11), default)).ShouldBeFalse();
    }

    [Fact]
    public async Task RenewAsync_WhenSuperseded_IsFalse()
    {
        var old = await RegisterAsync("a");
        var current = await RegisterAsync("a");

        (await Nodes.RenewAsync("a", old, LeaseEnd, default)).ShouldBeFalse();
        (await Nodes.RenewAsync("a", current, LeaseEnd, default)).ShouldBeTrue();
    }

    [Fact]
    public async Task RegisterAsync_WhenItExpiresOthers_LeavesOnlyItselfAlive()
    {
        var other = await RegisterAsync("other");

        var own = await Nodes.RegisterAsync("own", LeaseEnd, expireOthers: true, default);

        (await Nodes.RenewAsync("other", other, LeaseEnd, default)).ShouldBeFalse();
        (await Nodes.RenewAsync("own", own, LeaseEnd, default)).ShouldBeTrue();
    }

    [Fact]
    public async Task TakeOverAsync_WhenLeasesAreOver_GivesEachNodeOnce()
    {
        var alive = await Nodes.RegisterAsync("alive", LeaseEnd.AddSeconds(1), expireOthers: false, default);
        await RegisterAsync("a");
        await RegisterAsync("b");

        (await Nodes.TakeOverAsync(LeaseEnd.AddSeconds(-1), default)).ShouldBeEmpty();
        (await Nodes.TakeOverAsync(LeaseEnd, default)).Order(StringComparer.Ordinal).ShouldBe(["a", "b"]);
        (await Nodes.TakeOverAsync(LeaseEnd, default)).ShouldBeEmpty();
        (await Nodes.RenewAsync("alive", alive, LeaseEnd.AddSeconds(9), default)).ShouldBeTrue();
    }

    [Fact]
    public async Task TakeOverAsync_WhenManyAsk_GivesANodeToOneOfThem()
    {
        await RegisterAsync("a");

        var taken = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Nodes.TakeOverAsync(LeaseEnd, default)));

        taken.SelectMany(t => t).ShouldBe(["a"]);
    }

    [Fact]
    public async Task LeaveAsync_WhenTheLeaseLives_IsTakenOverFromByThoseToo_WhoTakeNobodyElse()
    {
        var left = await RegisterAsync("left");
        await RegisterAsync("other");

        await Nodes.LeaveAsync("left", left, default);

        (await Nodes.TakeOverAsync(null, default)).ShouldBe(["left"]);
        (await Nodes.TakeOverAsync(null, default)).ShouldBeEmpty();
        (await Nodes.RenewAsync("left", left, LeaseEnd, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task LeaveAsync_WhenTakenOverFromOrSuperseded_ChangesNothing()
    {
        var taken = await RegisterAsync("taken");
        await Nodes.TakeOverAsync(LeaseEnd, default);
        var old = await RegisterAsync("a");
        await RegisterAsync("a");

        await Nodes.LeaveAsync("taken", taken, default);
        await Nodes.LeaveAsync("a", old, default);

        (await Nodes.TakeOverAsync(null, default)).ShouldBeEmpty();
    }

    private Task<long> RegisterAsync(string node) => Nodes.RegisterAsync(node, LeaseEnd, expireOthers: false, default);
}
