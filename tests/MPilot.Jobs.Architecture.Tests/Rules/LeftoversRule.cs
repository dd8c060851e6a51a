using System.Text.RegularExpressions;

using MPilot.Jobs.Architecture.Tests.Sources;

namespace MPilot.Jobs.Architecture.Tests.Rules;

/// <summary>No regions, and no promise to come back without an issue that keeps it.</summary>
internal sealed class LeftoversRule : IRule
{
    private static readonly Regex RegionDirective = new(@"^[ \t]*#\s*region\b", RegexOptions.Compiled | RegexOptions.Multiline);

    private static readonly Regex Promise = new(@"\b(?:TODO|FIXME)\b(?![^\n]*#\d)", RegexOptions.Compiled);

    private static readonly string[] Commented = [".csproj", ".props", ".targets", ".yml", ".yaml", ".sh", ".sql", ".bicep", ""];

    public IEnumerable<Violation> Check(SourceTree tree)
    {
        var regions =
            from file in tree.CSharp
            from Match match in RegionDirective.Matches(file.Code)
            select Violation.At(file, match.Index, "a region: split the type instead");
        var promises =
            from file in tree.Files
            where !SourceTree.IsFixture(file)
            from Match match in Promise.Matches(Remarks(file))
            select Violation.At(file, match.Index, "a promise without an issue's number");
        return regions.Concat(promises);
    }

    private static string Remarks(SourceFile file)
    {
        if (file.IsCSharp)
            return file.Comments;
        return Commented.Contains(Path.GetExtension(file.Name)) ? file.Text : "";
    }
}
