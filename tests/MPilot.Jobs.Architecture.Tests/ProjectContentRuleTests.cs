using MPilot.Jobs.Architecture.Tests.Rules;

namespace MPilot.Jobs.Architecture.Tests;

public sealed class ProjectContentRuleTests : RuleTests
{
    private const string Csproj = "src/MPilot.Jobs.Api/MPilot.Jobs.Api.csproj";

    private protected override IRule Rule => new ProjectContentRule();

    [Fact]
    public void Check_WhenAnItemHangsOnTheConfiguration_NamesTheLine() =>
        Found(
            (Csproj, """
                <Project>
                  <ItemGroup Condition="'$(Configuration)' == 'Cluster'" />
                </Project>
                """),
            ("src/MPilot.Jobs.Api/Doors.cs", "")).ShouldBe([$"{Csproj}:2: a condition on the configuration"]);

    [Fact]
    public void Check_WhenAProjectHasNoCode_NamesIt() =>
        Found((Csproj, "<Project />"), ("src/MPilot.Jobs.Api.Other/Doors.cs", "")).ShouldBe([$"{Csproj}:1: a project without code"]);

    [Fact]
    public void Check_WhenTheConditionIsAnother_FindsNothing() =>
        Found((Csproj, """<Project><ItemGroup Condition="'$(OS)' == 'Unix'" /></Project>"""), ("src/MPilot.Jobs.Api/Doors.cs", "")).ShouldBeEmpty();
}
