using MPilot.Jobs.Architecture.Tests.Rules;

namespace MPilot.Jobs.Architecture.Tests;

public sealed class FileNamesRuleTests : RuleTests
{
    private protected override IRule Rule => new FileNamesRule();

    [Fact]
    public void Check_WhenAFileHoldsTwoTypes_NamesBoth() =>
        Found(("src/Job.cs", "namespace X;\nclass Job;\nenum Kind { A }")).ShouldBe(["src/Job.cs:3: several types: Job, Kind"]);

    [Fact]
    public void Check_WhenTheTypesStandInANamespaceBlock_NamesBoth() =>
        Found(("src/Job.cs", "namespace X.Y { class Job { class Inner; } enum Kind { A } }")).ShouldBe(["src/Job.cs:1: several types: Job, Kind"]);

    [Fact]
    public void Check_WhenTheFileIsNamedOtherwise_NamesTheType() =>
        Found(("src/Work.cs", "class Job;")).ShouldBe(["src/Work.cs:1: Job does not live in a file of its name"]);

    [Fact]
    public void Check_WhenAPartIsNotPartial_NamesTheType() => Found(("src/Job.Log.cs", "class Job;")).ShouldHaveSingleItem();

    [Theory]
    [InlineData("Job.cs", "class Job { class Inner { } enum Kind { A } }")]
    [InlineData("Job.cs", "class Job; class Job<T>;")]
    [InlineData("Job{T}.cs", "class Job<T>;")]
    [InlineData("Job.Log.cs", "static partial class Job { }")]
    [InlineData("Program.cs", "return 0;")]
    [InlineData("Said.cs", "delegate void Said<T>(T what);")]
    [InlineData("Job.cs", "class Job<T> where T : class\n{ bool Is(object record) => record is null; }")]
    public void Check_WhenTheFileIsNamedAfterItsType_FindsNothing(string name, string text) => Found(($"src/{name}", text)).ShouldBeEmpty();
}
