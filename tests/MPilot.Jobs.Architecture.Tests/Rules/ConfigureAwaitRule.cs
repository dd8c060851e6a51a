using System.Text.RegularExpressions;

using MPilot.Jobs.Architecture.Tests.Sources;

namespace MPilot.Jobs.Architecture.Tests.Rules;

/// <summary>No code of ours chooses where it goes on: nothing here needs it, and grain turns forbid it.</summary>
internal sealed class ConfigureAwaitRule : IRule
{
    private static readonly Regex Call = new(@"\bConfigureAwait\s*\(", RegexOptions.Compiled);

    public IEnumerable<Violation> Check(SourceTree tree) =>
        from file in tree.CSharp
        where file.IsUnder("src/")
        from Match match in Call.Matches(file.Code)
        select Violation.At(file, match.Index, "ConfigureAwait is never used");
}
