using MPilot.Jobs.Architecture.Tests.Rules;

namespace MPilot.Jobs.Architecture.Tests;

public sealed class CommittedTextRuleTests : RuleTests
{
    // Put together here, or this file would break the rule.
    private const string Home = "/" + "home/";

    private protected override IRule Rule => new CommittedTextRule();

    [Theory]
    [InlineData("README.md", "see " + Home + "ada/notes")]
    [InlineData("src/X.cs", "var s = \"" + Home + "ada\";")]
    [InlineData("dev", "cd " + "/" + "root/x")]
    [InlineData("dev", "source=file://" + "/" + "work/feed")]
    [InlineData("docs/a.md", "C:\\" + "Users\\ada")]
    public void Check_WhenAPathIsOneMachines_NamesIt(string path, string text) => Found((path, text)).ShouldHaveSingleItem().ShouldStartWith($"{path}:1: ");

    [Theory]
    [InlineData("README.md", "https://example.com" + Home + "page")]
    [InlineData("dev", "cd $HOME" + "/" + "work/x; cd ~" + "/" + "work/")]
    [InlineData("tests/MPilot.Jobs.Api.Tests/Fixtures/recorded.txt", "at " + Home + "runner/x")]
    public void Check_WhenItIsAnotherPath_FindsNothing(string path, string text) => Found((path, text)).ShouldBeEmpty();

    [Fact]
    public void Check_WhenALockFileNamesAMirror_NamesTheLine() =>
        Found(("tests/node/package-lock.json", """
            "a": { "resolved": "https://registry.npmjs.org/a/-/a-1.tgz" },
            "b": { "resolved": "https://mirror.example/b/-/b-1.tgz" }
            """)).ShouldBe(["tests/node/package-lock.json:2: a package that is not from the public registry"]);
}
