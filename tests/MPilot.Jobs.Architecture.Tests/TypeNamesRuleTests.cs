using MPilot.Jobs.Architecture.Tests.Rules;

namespace MPilot.Jobs.Architecture.Tests;

public sealed class TypeNamesRuleTests : RuleTests
{
    private protected override IRule Rule => new TypeNamesRule();

    [Theory]
    [InlineData("class JobManager")]
    [InlineData("static class PathHelpers")]
    [InlineData("interface IJobManager")]
    [InlineData("abstract class DriverBase")]
    [InlineData("record JobInfo(int Id)")]
    [InlineData("record struct PictureData(int Id)")]
    [InlineData("enum OrderKind")]
    [InlineData("class EditTask")]
    [InlineData("class JobCancelledException")]
    [InlineData("class JobAborted")]
    [InlineData("class CustomerKey")]
    [InlineData("class JobService")]
    [InlineData("class JobService : IJobService")]
    public void Check_WhenANameIsVagueOrWrong_NamesTheType(string declaration) => Found(("src/X.cs", $"namespace X;\n{declaration} {{ }}")).ShouldHaveSingleItem().ShouldStartWith("src/X.cs:2: ");

    [Theory]
    [InlineData("class Database")]
    [InlineData("class Ordering")]
    [InlineData("class Informer")]
    [InlineData("class DataSource")]
    [InlineData("record AttemptOrder")]
    [InlineData("class RelayService : BackgroundService")]
    [InlineData("class RelayService(int count) : IDisposable, IHostedService")]
    [InlineData("class Jobs(Task<int> later)")]
    public void Check_WhenANameIsGood_FindsNothing(string declaration) => Found(("src/X.cs", $"{declaration} {{ }}")).ShouldBeEmpty();

    [Fact]
    public void Check_WhenAServiceIsHostedByWhatItDerivesFrom_FindsNothing()
        => Found(("src/X.cs", "sealed class RelayService : LaneService<int> { }"), ("src/Y.cs", "abstract class LaneService<T> : BackgroundService { }")).ShouldBeEmpty();

    [Fact]
    public void Check_WhenTheTypeIsNested_NamesItToo() => Found(("tests/X.cs", "class Jobs { private sealed class Util; }")).ShouldHaveSingleItem();

    [Fact]
    public void Check_WhenTheWordsStandInTextOnly_FindsNothing() => Found(("src/X.cs", "/* class JobManager */ class Jobs { string s = \"class JobManager\"; }")).ShouldBeEmpty();
}
