using System.Text.RegularExpressions;

using MPilot.Jobs.Architecture.Tests.Sources;

namespace MPilot.Jobs.Architecture.Tests.Rules;

/// <summary>The domain is rules only: no clock, no randomness, no I/O, no HTTP. Implicit usings bring the names in, so the names are refused too.</summary>
internal sealed class DomainPurityRule : IRule
{
    private static readonly (Regex Pattern, string Reason)[] Refused =
    [
        (new(@"(?<![\w.])(?:global::)?(?:System\.Net|System\.IO|Microsoft)\b(?:\.\w+)*", RegexOptions.Compiled), "belongs outside the domain"),
        (new(@"\bTimeProvider\b|\bStopwatch\b|\.\s*(?:UtcNow|Now|Today)\b", RegexOptions.Compiled), "time comes with the fact"),
        (new(@"\bRandom\b|\bRandomNumberGenerator\b|\bGuid\s*\.\s*(?:NewGuid|CreateVersion7)\b", RegexOptions.Compiled), "randomness and ids come from outside"),
        (new(@"(?<![\w.])(?:File|Directory|Path|Console|Environment|Process|Thread)\s*\.", RegexOptions.Compiled), "no I/O in the domain"),
        (new(@"\bHttp(?:Client|Request|Response)\w*|\b(?:File|Memory)Stream\b|\bStream(?:Reader|Writer)\b|\bawait\b", RegexOptions.Compiled), "no I/O in the domain"),
    ];

    public IEnumerable<Violation> Check(SourceTree tree) =>
        from file in tree.CSharp
        where file.IsUnder("src/MPilot.Jobs.Domain/")
        from refused in Refused
        from Match match in refused.Pattern.Matches(file.Code)
        select Violation.At(file, match.Index, $"{match.Value.Trim()}: {refused.Reason}");
}
