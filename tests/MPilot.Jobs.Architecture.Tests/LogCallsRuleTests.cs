using MPilot.Jobs.Architecture.Tests.Rules;

namespace MPilot.Jobs.Architecture.Tests;

public sealed class LogCallsRuleTests : RuleTests
{
    private protected override IRule Rule => new LogCallsRule();

    [Theory]
    [InlineData("logger.LogInformation(\"done\");")]
    [InlineData("logger\n.LogError (e, \"gone\");")]
    [InlineData("logger.Log(LogLevel.Warning, \"late\");")]
    public void Check_WhenALogCallIsNotGenerated_NamesIt(string statement) => Found(("src/X.cs", statement)).ShouldHaveSingleItem();

    [Theory]
    [InlineData("logger.LogRetryingJob(id);")]
    [InlineData("Math.Log(2);")]
    [InlineData("// logger.LogError(e)")]
    public void Check_WhenItIsGenerated_FindsNothing(string statement) => Found(("src/X.cs", statement)).ShouldBeEmpty();
}
