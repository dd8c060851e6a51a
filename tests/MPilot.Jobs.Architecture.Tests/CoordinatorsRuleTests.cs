using MPilot.Jobs.Architecture.Tests.Rules;

namespace MPilot.Jobs.Architecture.Tests;

public sealed class CoordinatorsRuleTests : RuleTests
{
    private const string Coordinator = "src/MPilot.Jobs.Engine/Jobs/JobCoordinator.cs";

    private protected override IRule Rule => new CoordinatorsRule();

    [Theory]
    [InlineData("await store.Load(id).ConfigureAwait(true);")]
    [InlineData("_ = Task.Run(Go);")]
    [InlineData("Task.Factory.StartNew(Go);")]
    [InlineData("lock (_jobs) { }")]
    [InlineData("lock(_jobs) { }")]
    [InlineData("Monitor.Enter(_jobs);")]
    [InlineData("var gate = new SemaphoreSlim(1);")]
    [InlineData("Go().Wait();")]
    [InlineData("Go().GetAwaiter().GetResult();")]
    [InlineData("var s = $\"{Task.Run(Go)}\";")]
    public void Check_WhenACoordinatorLeavesItsTurn_NamesTheLine(string statement) =>
        Found((Coordinator, $"// waits\n{statement}")).ShouldHaveSingleItem().ShouldStartWith($"{Coordinator}:2: ");

    [Theory]
    [InlineData("// lock (_jobs), Task.Run")]
    [InlineData("var s = \"lock (this)\";")]
    [InlineData("await Block(id); Unlock(id);")]
    [InlineData("await waiter.WaitAsync(token);")]
    public void Check_WhenItStaysInItsTurn_FindsNothing(string statement) => Found((Coordinator, statement)).ShouldBeEmpty();

    [Fact]
    public void Check_WhenTheFileIsNoCoordinator_FindsNothing() => Found(("src/MPilot.Jobs.Engine/Attempts/AttemptRunner.cs", "Task.Run(Go);")).ShouldBeEmpty();
}
