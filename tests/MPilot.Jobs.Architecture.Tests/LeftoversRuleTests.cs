using MPilot.Jobs.Architecture.Tests.Rules;

namespace MPilot.Jobs.Architecture.Tests;

public sealed class LeftoversRuleTests : RuleTests
{
    private protected override IRule Rule => new LeftoversRule();

    [Theory]
    [InlineData("src/X.cs", "class X\n#region Bob's fields")]
    [InlineData("src/X.cs", "class X;\n// TODO: later")]
    [InlineData("tests/X.cs", "class X;\n/* FIXME */")]
    [InlineData("dev", "x=1\n# TODO later")]
    [InlineData("docker-compose.yml", "a: 1\n# TODO later")]
    public void Check_WhenSomethingIsLeftOver_NamesTheLine(string path, string text) => Found((path, text)).ShouldHaveSingleItem().ShouldStartWith($"{path}:2: ");

    [Theory]
    [InlineData("src/X.cs", "// TODO(#12): later")]
    [InlineData("src/X.cs", "var s = \"TODO\";")]
    [InlineData("src/X.cs", "var s = @\"\n#region\n\";")]
    [InlineData("tests/MPilot.Jobs.Api.Tests/Fixtures/X.cs", "// TODO")]
    public void Check_WhenAnIssueKeepsItOrItIsNoRemark_FindsNothing(string path, string text) => Found((path, text)).ShouldBeEmpty();
}
