using MPilot.Jobs.Architecture.Tests.Sources;

namespace MPilot.Jobs.Architecture.Tests.Rules;

/// <summary>One rule of the house, checked over the text of the whole tree.</summary>
internal interface IRule
{
    IEnumerable<Violation> Check(SourceTree tree);
}
