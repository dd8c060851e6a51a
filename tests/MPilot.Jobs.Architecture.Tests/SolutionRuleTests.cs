using MPilot.Jobs.Architecture.Tests.Rules;

namespace MPilot.Jobs.Architecture.Tests;

public sealed class SolutionRuleTests : RuleTests
{
    private const string ApiPath = "src/MPilot.Jobs.Api/MPilot.Jobs.Api.csproj";
    private const string OrleansPath = "src/MPilot.Jobs.Orleans/MPilot.Jobs.Orleans.csproj";

    private protected override IRule Rule => new SolutionRule();

    [Fact]
    public void Check_WhenTheSolutionIsAsDesigned_FindsNothing() =>
        Found(Solution(Api(), Orleans()), Empty(ApiPath), Empty(OrleansPath)).ShouldBeEmpty();

    [Fact]
    public void Check_WhenAProjectIsNotListed_NamesIt() =>
        Found(Solution(Api()), Empty(ApiPath), Empty(OrleansPath)).ShouldBe([$"{OrleansPath}:1: not in the solution"]);

    [Fact]
    public void Check_WhenAListedProjectIsGone_NamesIt() =>
        Found(Solution(Api(), Orleans()), Empty(ApiPath)).ShouldHaveSingleItem().ShouldContain($"lists {OrleansPath}, which does not exist");

    [Fact]
    public void Check_WhenAConfigurationIsMissing_NamesIt()
    {
        var solution = Solution(Api());

        Found((solution.Path, solution.Text.Replace("Cluster|Any CPU = Cluster|Any CPU", "")), Empty(ApiPath)).ShouldBe(["MPilot.Jobs.sln:1: no configuration Cluster"]);
    }

    [Theory]
    [InlineData("Debug|Any CPU.ActiveCfg = Debug|Any CPU", "MPilot.Jobs.Api has no ActiveCfg for Debug")]
    [InlineData("Cluster|Any CPU.ActiveCfg = Release|Any CPU", "MPilot.Jobs.Api has no ActiveCfg for Cluster")]
    [InlineData("Release|Any CPU.Build.0 = Release|Any CPU", "MPilot.Jobs.Api has no Build.0 for Release")]
    public void Check_WhenARowIsMissing_NamesIt(string row, string message)
    {
        var solution = Solution(Api());

        Found((solution.Path, solution.Text.Replace($"{{A}}.{row}", "")), Empty(ApiPath)).ShouldHaveSingleItem().ShouldEndWith(message);
    }

    [Fact]
    public void Check_WhenTheOrleansProjectIsBuiltInRelease_NamesIt() =>
        Found(Solution(Project("MPilot.Jobs.Orleans", OrleansPath, "Release", "Cluster")), Empty(OrleansPath))
            .ShouldHaveSingleItem().ShouldEndWith("MPilot.Jobs.Orleans must have no Build.0 for Release");

    [Fact]
    public void Check_WhenWhatIsBuiltIsNotWhatIsActive_NamesBoth()
    {
        var solution = Solution(Api());
        string text = solution.Text.Replace("{A}.Release|Any CPU.Build.0 = Release", "{A}.Release|Any CPU.Build.0 = Debug");

        Found((solution.Path, text), Empty(ApiPath)).ShouldHaveSingleItem().ShouldEndWith("builds Debug|Any CPU under Release, but Release|Any CPU is active");
    }

    [Fact]
    public void Check_WhenThereIsNoSolution_SaysSo() => Found(Empty(ApiPath)).ShouldBe(["MPilot.Jobs.sln:1: the solution is missing"]);

    private static (string Project, string Rows) Api() => Project("MPilot.Jobs.Api", ApiPath, "Debug", "Release", "Cluster");

    private static (string Project, string Rows) Orleans() => Project("MPilot.Jobs.Orleans", OrleansPath, "Cluster");

    private static (string Path, string Text) Empty(string path) => (path, "<Project />");

    private static (string Project, string Rows) Project(string name, string path, params string[] built)
    {
        string id = name == "MPilot.Jobs.Api" ? "A" : "B";
        var rows =
            from configuration in new[] { "Debug", "Release", "Cluster" }
            let value = configuration == "Cluster" ? "Release" : configuration
            from what in built.Contains(configuration) ? new[] { "ActiveCfg", "Build.0" } : ["ActiveCfg"]
            select $"\t\t{{{id}}}.{configuration}|Any CPU.{what} = {value}|Any CPU\n";
        return ($"Project(\"{{9A19103F}}\") = \"{name}\", \"{path.Replace('/', '\\')}\", \"{{{id}}}\"\nEndProject\n", string.Concat(rows));
    }

    private static (string Path, string Text) Solution(params (string Project, string Rows)[] projects) => ("MPilot.Jobs.sln", $"""
        {string.Concat(projects.Select(project => project.Project))}
        Global
        GlobalSection(SolutionConfigurationPlatforms) = preSolution
        Debug|Any CPU = Debug|Any CPU
        Release|Any CPU = Release|Any CPU
        Cluster|Any CPU = Cluster|Any CPU
        EndGlobalSection
        GlobalSection(ProjectConfigurationPlatforms) = postSolution
        {string.Concat(projects.Select(project => project.Rows))}
        EndGlobalSection
        EndGlobal
        """);
}
