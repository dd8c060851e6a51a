using MPilot.Jobs.Architecture.Tests.Rules;

namespace MPilot.Jobs.Architecture.Tests;

public sealed class DomainPurityRuleTests : RuleTests
{
    private protected override IRule Rule => new DomainPurityRule();

    [Theory]
    [InlineData("using System.Net.Http;")]
    [InlineData("global using System.IO;")]
    [InlineData("using static Microsoft.Extensions.Logging.LogLevel;")]
    [InlineData("var s = global::System.IO.Path.PathSeparator;")]
    [InlineData("void Go(TimeProvider time);")]
    [InlineData("var at = DateTimeOffset.UtcNow;")]
    [InlineData("var random = new Random(1);")]
    [InlineData("var id = Guid.NewGuid();")]
    [InlineData("var text = File.ReadAllText(name);")]
    [InlineData("void Go(HttpClient http);")]
    [InlineData("await store;")]
    public void Check_WhenTheDomainReachesOut_NamesTheLine(string line) =>
        Found(("src/MPilot.Jobs.Domain/Jobs/Job.cs", $"\n{line}")).ShouldHaveSingleItem().ShouldStartWith("src/MPilot.Jobs.Domain/Jobs/Job.cs:2: ");

    [Theory]
    [InlineData("using System.Collections.Immutable;")]
    [InlineData("var at = fact.At + TimeSpan.FromSeconds(1);")]
    [InlineData("/// <summary>Takes no TimeProvider; a Random value is given.</summary>")]
    [InlineData("var p = job.Path.Length;")]
    public void Check_WhenItStaysPure_FindsNothing(string line) => Found(("src/MPilot.Jobs.Domain/Jobs/Job.cs", line)).ShouldBeEmpty();

    [Fact]
    public void Check_WhenTheEngineTakesAClock_FindsNothing() => Found(("src/MPilot.Jobs.Engine/Ids.cs", "class Ids(TimeProvider time);")).ShouldBeEmpty();
}
