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

        (await Nodes.RenewAsync("a", epoch, LeaseEnd.AddSeconds(-1), LeaseEnd.AddSeconds(9), default)).ShouldBeTrue();
        (await Nodes.RenewAsync("a", epoch, LeaseEnd.AddSeconds(8), LeaseEnd.AddSeconds(18), default)).ShouldBeTrue();
    }

    [Fact]
    public async Task RenewAsync_WhenTheLeaseHasExpired_IsFalseForEver()
    {
        var epoch = await RegisterAsync("a");

        (await Nodes.RenewAsync("a", epoch, LeaseEnd, LeaseEnd.AddSeconds(10), default)).ShouldBeFalse();
        (await Nodes.RenewAsync("a", epoch, LeaseEnd.AddSeconds(1), LeaseEnd.AddSeconds(11), default)).ShouldBeFalse();
    }

    [Fact]
    public async Task RenewAsync_WhenSuperseded_IsFalse()
    {
        var old = await RegisterAsync("a");
        var current = await RegisterAsync("a");

        (await Nodes.RenewAsync("a", old, Start, LeaseEnd, default)).ShouldBeFalse();
        (await Nodes.RenewAsync("a", current, Start, LeaseEnd, default)).ShouldBeTrue();
    }

    [Fact]
    public async Task RegisterAsync_WhenItExpiresOthers_LeavesOnlyItselfAlive()
    {
        var other = await RegisterAsync("other");

        var own = await Nodes.RegisterAsync("own", Start, LeaseEnd, expireOthers: true, default);

        (await Nodes.RenewAsync("other", other, Start, LeaseEnd, default)).ShouldBeFalse();
        (await Nodes.RenewAsync("other", other, Start.AddHours(-1), LeaseEnd, default)).ShouldBeFalse("a clock set back brings nobody back");
        (await Nodes.RenewAsync("own", own, Start, LeaseEnd, default)).ShouldBeTrue();
    }

    [Fact]
    public async Task TakeExpiredAsync_WhenLeasesAreOver_GivesEachNodeOnce()
    {
        var alive = await Nodes.RegisterAsync("alive", Start, LeaseEnd.AddSeconds(1), expireOthers: false, default);
        await RegisterAsync("a");
        await RegisterAsync("b");

        (await Nodes.TakeExpiredAsync(LeaseEnd.AddSeconds(-1), default)).ShouldBeEmpty();
        (await Nodes.TakeExpiredAsync(LeaseEnd, default)).Order(StringComparer.Ordinal).ShouldBe(["a", "b"]);
        (await Nodes.TakeExpiredAsync(LeaseEnd, default)).ShouldBeEmpty();
        (await Nodes.RenewAsync("alive", alive, LeaseEnd, LeaseEnd.AddSeconds(9), default)).ShouldBeTrue();
    }

    [Fact]
    public async Task TakeExpiredAsync_WhenManyAsk_GivesANodeToOneOfThem()
    {
        await RegisterAsync("a");

        var taken = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Nodes.TakeExpiredAsync(LeaseEnd, default)));

        taken.SelectMany(t => t).ShouldBe(["a"]);
    }

    private Task<long> RegisterAsync(string node) => Nodes.RegisterAsync(node, Start, LeaseEnd, expireOthers: false, default);
}
