using MPilot.Jobs.Architecture.Tests.Rules;

namespace MPilot.Jobs.Architecture.Tests;

public sealed class SealedTypesRuleTests : RuleTests
{
    private protected override IRule Rule => new SealedTypesRule();

    [Theory]
    [InlineData("public class Job;")]
    [InlineData("internal record Job(int Id);")]
    [InlineData("class Job { }")]
    [InlineData("public partial class Job { }")]
    [InlineData("[Obsolete] public record class Job;")]
    [InlineData("public sealed class Outer { public class Job { } }")]
    public void Check_WhenAClassIsOpen_NamesIt(string text) =>
        Found(("src/Job.cs", text)).ShouldBe(["src/Job.cs:1: Job is neither sealed nor abstract nor static"]);

    [Theory]
    [InlineData("public sealed class Job;")]
    [InlineData("public abstract record Job { private Job() { } }")]
    [InlineData("internal static partial class Job { }")]
    [InlineData("public readonly record struct Job(int Id);")]
    [InlineData("public interface IJob;")]
    [InlineData("public partial class Program;")]
    public void Check_WhenAClassIsClosed_FindsNothing(string text) => Found(("src/Job.cs", text)).ShouldBeEmpty();

    [Fact]
    public void Check_WhenAnotherPartSealsIt_FindsNothing() =>
        Found(("src/Job.cs", "public sealed partial class Job;"), ("src/Job.Log.cs", "partial class Job;")).ShouldBeEmpty();

    [Fact]
    public void Check_WhenANamesakeElsewhereIsSealed_StillNamesIt() =>
        Found(("src/A/Job.cs", "public sealed partial class Job;"), ("src/B/Job.cs", "partial class Job;")).ShouldHaveSingleItem().ShouldStartWith("src/B/Job.cs");
}
