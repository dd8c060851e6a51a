using System.Text.RegularExpressions;

using MPilot.Jobs.Architecture.Tests.Sources;

namespace MPilot.Jobs.Architecture.Tests.Rules;

/// <summary>Log methods are generated and named after their event.</summary>
internal sealed class LogCallsRule : IRule
{
    private static readonly Regex Call = new(@"\.\s*Log(?:Trace|Debug|Information|Warning|Error|Critical)\s*\(|\.\s*Log\s*\(\s*LogLevel\b", RegexOptions.Compiled);

    public IEnumerable<Violation> Check(SourceTree tree) =>
        from file in tree.CSharp
        from Match match in Call.Matches(file.Code)
        select Violation.At(file, match.Index, "a log call that is not generated");
}
