using MPilot.Jobs.Architecture.Tests.Sources;

namespace MPilot.Jobs.Architecture.Tests.Rules;

/// <summary>Who may reference whom. What is not listed is refused, and so is a project that nobody has placed yet.</summary>
internal sealed class ReferencesRule : IRule
{
    private const string Prefix = "MPilot.Jobs.";

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["MPilot.Jobs.Domain"] = [],
        ["MPilot.Jobs.Contracts"] = [],
        ["System.IO.Hashing"] = [],
        ["MPilot.Jobs.Engine"] = Own("Domain"),
        ["MPilot.Jobs.Api"] = Own("Engine"),
        ["MPilot.Jobs.Orleans"] = Own("Engine", "Domain"),
        ["MPilot.Jobs.Providers"] = Own("Engine", "Domain"),
        ["MPilot.Jobs.Imaging"] = Own("Engine", "Domain"),
        ["MPilot.Jobs.Storage"] = [.. Own("Engine", "Domain"), "System.IO.Hashing"],
        ["MPilot.Jobs.Notifications"] = Own("Engine", "Domain", "Contracts"),
        ["MPilot.Jobs.Hosting"] = Own("Api", "Domain", "Engine", "Providers", "Imaging", "Storage", "Notifications", "Contracts"),
        ["MPilot.Jobs.Host"] = Own("Hosting"),
        ["MPilot.Jobs.Silo"] = Own("Hosting", "Orleans"),
        ["MPilot.Jobs.Client"] = Own("Contracts"),
        ["MPilot.Jobs.Cli"] = Own("Client", "Hosting"),
    };

    // They reference nothing but the framework's base.
    private static readonly string[] Bare = Own("Domain", "Contracts");

    private static readonly string[] ClusterTests = Own("Orleans.Tests", "Cluster.Tests");

    private static readonly string[] ClusterOnly = Own("Orleans", "Silo");

    public IEnumerable<Violation> Check(SourceTree tree) =>
        tree.Projects.SelectMany(project => project.IsSource ? CheckSource(project) : CheckTest(project))
            .Concat(tree.Projects.SelectMany(CheckSideDoors))
            .Concat(tree.Files.Where(IsShared).SelectMany(CheckShared));

    private static string[] Own(params string[] names) => [.. names.Select(name => Prefix + name)];

    private static IEnumerable<Violation> CheckSource(ProjectFile project)
    {
        if (!Allowed.TryGetValue(project.Name, out string[]? allowed))
            yield return Of(project, $"{project.Name} is not a project of the design");
        foreach (string reference in project.References.Except(allowed ?? []))
            yield return Of(project, $"{project.Name} may not reference {reference}");
        if (!Bare.Contains(project.Name))
            yield break;
        foreach (string item in new[] { "PackageReference", "FrameworkReference" })
        {
            foreach (string include in project.Includes(item))
                yield return Of(project, $"{project.Name} may have no {item}: {include}");
        }

        if ((string?)project.Xml.Root?.Attribute("Sdk") != "Microsoft.NET.Sdk")
            yield return Of(project, $"{project.Name} takes the plain Microsoft.NET.Sdk: others bring a framework along");
    }

    // A test may reference anything, but what the ordinary configurations build cannot stand on what they leave out.
    private static IEnumerable<Violation> CheckTest(ProjectFile project) =>
        ClusterTests.Contains(project.Name)
            ? []
            : project.References.Intersect(ClusterOnly).Select(reference => Of(project, $"only {string.Join(" and ", ClusterTests)} may reference {reference}"));

    private static IEnumerable<Violation> CheckSideDoors(ProjectFile project)
    {
        foreach (string import in project.Xml.Descendants().Where(element => element.Name.LocalName == "Import").Select(element => (string?)element.Attribute("Project") ?? ""))
            yield return Of(project, $"imports {import}: references are written in the project itself");
        foreach (string include in project.Includes("Compile").Where(include => include.Contains("..", StringComparison.Ordinal)))
            yield return Of(project, $"compiles another folder's {include}");
        foreach (string include in project.Includes("Reference"))
            yield return Of(project, $"references the assembly {include}: use a project or a package");
    }

    private static bool IsShared(SourceFile file) =>
        file.Path.EndsWith(".props", StringComparison.Ordinal) || file.Path.EndsWith(".targets", StringComparison.Ordinal);

    private static IEnumerable<Violation> CheckShared(SourceFile file) =>
        new[] { "<ProjectReference", "<PackageReference", "<FrameworkReference" }
            .Select(item => (Item: item, Offset: file.Text.IndexOf(item, StringComparison.Ordinal)))
            .Where(found => found.Offset >= 0)
            .Select(found => Violation.At(file, found.Offset, $"{found.Item[1..]} for every project at once"));

    private static Violation Of(ProjectFile project, string message) => new(project.File.Path, 1, message);
}
