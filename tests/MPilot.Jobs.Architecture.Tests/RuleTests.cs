using MPilot.Jobs.Architecture.Tests.Rules;
using MPilot.Jobs.Architecture.Tests.Sources;

namespace MPilot.Jobs.Architecture.Tests;

/// <summary>What every rule's tests share: the repository keeps it.</summary>
public abstract class RuleTests
{
    private protected abstract IRule Rule { get; }

    [Fact]
    public void Check_OfTheRepository_FindsNothing() => Shown(Rule.Check(SourceTree.Repository)).ShouldBeEmpty();

    private protected string[] Found(params (string Path, string Text)[] files) =>
        [.. Rule.Check(SourceTree.Of(files)).Select(violation => violation.ToString())];

    // One string, a line each: an assertion's message then shows them all.
    private static string Shown(IEnumerable<Violation> violations) => string.Join('\n', violations);
}
