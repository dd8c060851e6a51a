using System.Text.RegularExpressions;

using MPilot.Jobs.Architecture.Tests.Sources;

namespace MPilot.Jobs.Architecture.Tests.Rules;

/// <summary>What is committed works on any machine: no path of the one it was written on, no package from a mirror of ours.</summary>
internal sealed class CommittedTextRule : IRule
{
    private static readonly Regex MachinePath = new(@"(?<![\w.~}\-])/(?:work|root|home|Users)/|\b[A-Z]:\\{1,2}Users\\", RegexOptions.Compiled);

    private static readonly Regex ForeignPackage = new(@"""resolved""\s*:\s*""(?!https://registry\.npmjs\.org/)(?!file:)[^""]*""", RegexOptions.Compiled);

    public IEnumerable<Violation> Check(SourceTree tree)
    {
        var own = tree.Files.Where(file => !SourceTree.IsFixture(file)).ToList();
        var paths =
            from file in own
            from Match match in MachinePath.Matches(file.Text)
            select Violation.At(file, match.Index, "a path of one machine");
        var packages =
            from file in own
            where file.Name == "package-lock.json"
            from Match match in ForeignPackage.Matches(file.Text)
            select Violation.At(file, match.Index, "a package that is not from the public registry");
        return paths.Concat(packages);
    }
}
