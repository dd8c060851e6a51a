using System.Text.RegularExpressions;

using MPilot.Jobs.Architecture.Tests.Sources;

namespace MPilot.Jobs.Architecture.Tests.Rules;

/// <summary>A project holds code, and is the same in every configuration: what differs is the solution's to say.</summary>
internal sealed class ProjectContentRule : IRule
{
    private static readonly Regex ConfigurationCondition = new(@"Condition\s*=\s*(?:""[^""]*\$\(Configuration\)[^""]*""|'[^']*\$\(Configuration\)[^']*')", RegexOptions.Compiled);

    private static readonly string[] BuildFiles = [".csproj", ".props", ".targets"];

    public IEnumerable<Violation> Check(SourceTree tree) => CheckConditions(tree).Concat(CheckEmpty(tree));

    private static IEnumerable<Violation> CheckConditions(SourceTree tree) =>
        from file in tree.Files
        where BuildFiles.Contains(Path.GetExtension(file.Path))
        from Match match in ConfigurationCondition.Matches(file.Text)
        select Violation.At(file, match.Index, "a condition on the configuration");

    private static IEnumerable<Violation> CheckEmpty(SourceTree tree) =>
        tree.Projects
            .Where(project => project.IsSource && !tree.Files.Any(file => file.IsCSharp && file.IsUnder(project.Folder)))
            .Select(project => new Violation(project.File.Path, 1, "a project without code"));
}
