using MPilot.Jobs.Architecture.Tests.Rules;

namespace MPilot.Jobs.Architecture.Tests;

public sealed class ReferencesRuleTests : RuleTests
{
    private protected override IRule Rule => new ReferencesRule();

    [Theory]
    [InlineData("Domain", "Engine")]
    [InlineData("Engine", "Storage")]
    [InlineData("Api", "Providers")]
    [InlineData("Storage", "Notifications")]
    [InlineData("Orleans", "Storage")]
    [InlineData("Hosting", "Orleans")]
    [InlineData("Cli", "Host")]
    [InlineData("Host", "Engine")]
    public void Check_WhenAProjectReferencesAnotherThanItsOwn_NamesBoth(string from, string to) =>
        Found(Project($"src/MPilot.Jobs.{from}", $"""<ProjectReference Include="..\MPilot.Jobs.{to}\MPilot.Jobs.{to}.csproj" />"""))
            .ShouldBe([$"src/MPilot.Jobs.{from}/MPilot.Jobs.{from}.csproj:1: MPilot.Jobs.{from} may not reference MPilot.Jobs.{to}"]);

    [Theory]
    [InlineData("Api", "Engine")]
    [InlineData("Storage", "Domain")]
    [InlineData("Silo", "Orleans")]
    public void Check_WhenTheReferenceIsOfTheDesign_FindsNothing(string from, string to) =>
        Found(Project($"src/MPilot.Jobs.{from}", $"""<ProjectReference Include="../MPilot.Jobs.{to}/MPilot.Jobs.{to}.csproj" />""")).ShouldBeEmpty();

    [Fact]
    public void Check_WhenAProjectIsUnknown_SaysSo() =>
        Found(Project("src/MPilot.Jobs.Extras", "")).ShouldBe(["src/MPilot.Jobs.Extras/MPilot.Jobs.Extras.csproj:1: MPilot.Jobs.Extras is not a project of the design"]);

    [Fact]
    public void Check_WhenTheDomainTakesAPackageOrAFramework_NamesThem() =>
        Found(Project("src/MPilot.Jobs.Domain", """<PackageReference Include="Polly.Core" /><FrameworkReference Include="Microsoft.AspNetCore.App" />"""))
            .ShouldBe([
                "src/MPilot.Jobs.Domain/MPilot.Jobs.Domain.csproj:1: MPilot.Jobs.Domain may have no PackageReference: Polly.Core",
                "src/MPilot.Jobs.Domain/MPilot.Jobs.Domain.csproj:1: MPilot.Jobs.Domain may have no FrameworkReference: Microsoft.AspNetCore.App",
            ]);

    [Fact]
    public void Check_WhenContractsTakesTheWebSdk_SaysSo() =>
        Found(("src/MPilot.Jobs.Contracts/MPilot.Jobs.Contracts.csproj", """<Project Sdk="Microsoft.NET.Sdk.Web" />""")).ShouldHaveSingleItem().ShouldContain("plain Microsoft.NET.Sdk");

    [Fact]
    public void Check_WhenATestStandsOnTheSilo_NamesIt()
    {
        const string Silo = """<ProjectReference Include="../../src/MPilot.Jobs.Silo/MPilot.Jobs.Silo.csproj" />""";

        Found(Project("tests/MPilot.Jobs.Orleans.Tests", Silo)).ShouldBeEmpty();
        Found(Project("tests/MPilot.Jobs.Api.Tests", Silo)).ShouldHaveSingleItem().ShouldContain("MPilot.Jobs.Silo");
    }

    [Theory]
    [InlineData("""<Compile Include="../MPilot.Jobs.Storage/Files.cs" />""")]
    [InlineData("""<Reference Include="MPilot.Jobs.Storage" />""")]
    public void Check_WhenAReferenceComesInByASideDoor_NamesIt(string item) =>
        Found(Project("src/MPilot.Jobs.Api", item)).ShouldHaveSingleItem().ShouldContain("MPilot.Jobs.Storage");

    [Fact]
    public void Check_WhenAReferenceIsSharedByAll_NamesTheItem() =>
        Found(("src/Directory.Build.props", """<Project><ItemGroup><ProjectReference Include="x" /></ItemGroup></Project>""")).ShouldHaveSingleItem().ShouldContain("ProjectReference");

    private static (string Path, string Text) Project(string folder, string items) =>
        ($"{folder}/{folder[(folder.IndexOf('/') + 1)..]}.csproj", $"""<Project Sdk="Microsoft.NET.Sdk"><ItemGroup>{items}</ItemGroup></Project>""");
}
