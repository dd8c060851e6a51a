using MPilot.Jobs.Architecture.Tests.Rules;

namespace MPilot.Jobs.Architecture.Tests;

public sealed class ConfigureAwaitRuleTests : RuleTests
{
    private protected override IRule Rule => new ConfigureAwaitRule();

    [Fact]
    public void Check_WhenSourceCallsIt_NamesTheLine() =>
        Found(("src/MPilot.Jobs.Storage/Files.cs", "await x\n    .ConfigureAwait(false);")).ShouldBe(["src/MPilot.Jobs.Storage/Files.cs:2: ConfigureAwait is never used"]);

    [Fact]
    public void Check_WhenAStringNamesIt_FindsNothing() => Found(("src/X.cs", "Say(\"ConfigureAwait(false)\");")).ShouldBeEmpty();
}
