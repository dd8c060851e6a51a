using System.Text.RegularExpressions;

namespace MPilot.Jobs.Architecture.Tests.Sources;

/// <summary>A .sln file.</summary>
internal sealed class SolutionFile
{
    private const string FolderKind = "2150E333-8FDC-42A3-9474-1A3956D46DE8";

    private static readonly Regex ProjectRow = new(
        @"^Project\(""\{(?<kind>[^}]+)\}""\) = ""(?<name>[^""]*)"", ""(?<path>[^""]*)"", ""\{(?<id>[^}]+)\}""", RegexOptions.Multiline);

    private static readonly Regex ConfigurationRow = new(@"^\s*(?<name>\w+)\|Any CPU = ", RegexOptions.Multiline);

    private static readonly Regex ProjectConfigurationRow = new(
        @"^\s*\{(?<id>[^}]+)\}\.(?<configuration>\w+)\|Any CPU\.(?<what>ActiveCfg|Build\.0) = (?<value>[^\r\n]+)", RegexOptions.Multiline);

    private SolutionFile(SourceFile file)
    {
        File = file;
        Configurations = ConfigurationRow.Matches(Section(file.Text, "SolutionConfigurationPlatforms")).Select(row => row.Groups["name"].Value).ToHashSet();
        var rows = ProjectConfigurationRow.Matches(Section(file.Text, "ProjectConfigurationPlatforms"));
        Projects =
        [
            .. ProjectRow.Matches(file.Text)
                .Where(row => !row.Groups["kind"].Value.Equals(FolderKind, StringComparison.OrdinalIgnoreCase))
                .Select(row => new SolutionProject(
                    row.Groups["name"].Value,
                    row.Groups["path"].Value.Replace('\\', '/'),
                    file.LineOf(row.Index),
                    Configured(rows, row.Groups["id"].Value, "ActiveCfg"),
                    Configured(rows, row.Groups["id"].Value, "Build.0"))),
        ];
    }

    public SourceFile File { get; }

    public IReadOnlySet<string> Configurations { get; }

    public IReadOnlyList<SolutionProject> Projects { get; }

    public static SolutionFile Parse(SourceFile file) => new(file);

    private static string Section(string text, string name) =>
        Regex.Match(text, $@"GlobalSection\({name}\).*?EndGlobalSection", RegexOptions.Singleline).Value;

    private static Dictionary<string, string> Configured(MatchCollection rows, string id, string what)
    {
        var configured = new Dictionary<string, string>();
        foreach (Match row in rows)
        {
            if (row.Groups["what"].Value == what && row.Groups["id"].Value.Equals(id, StringComparison.OrdinalIgnoreCase))
                configured[row.Groups["configuration"].Value] = row.Groups["value"].Value.Trim();
        }

        return configured;
    }
}
