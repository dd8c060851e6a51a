using MPilot.Jobs.Architecture.Tests.Sources;

namespace MPilot.Jobs.Architecture.Tests.Rules;

/// <summary>
/// The solution has every project, in Debug, Release and Cluster. The Orleans projects, whose packages do not restore everywhere,
/// are built under Cluster alone; all others always.
/// </summary>
internal sealed class SolutionRule : IRule
{
    private const string Cluster = "Cluster";

    private static readonly string[] Configurations = ["Debug", "Release", Cluster];

    private static readonly string[] ClusterOnly = ["MPilot.Jobs.Orleans", "MPilot.Jobs.Silo", "MPilot.Jobs.Orleans.Tests", "MPilot.Jobs.Cluster.Tests"];

    public IEnumerable<Violation> Check(SourceTree tree)
    {
        if (tree.Solution is not { } solution)
            return [new Violation("MPilot.Jobs.sln", 1, "the solution is missing")];

        return CheckConfigurations(solution)
            .Concat(CheckMembers(tree, solution))
            .Concat(solution.Projects.SelectMany(project => CheckProject(solution, project)));
    }

    private static IEnumerable<Violation> CheckConfigurations(SolutionFile solution) =>
        Configurations.Where(name => !solution.Configurations.Contains(name)).Select(name => new Violation(solution.File.Path, 1, $"no configuration {name}"));

    private static IEnumerable<Violation> CheckMembers(SourceTree tree, SolutionFile solution)
    {
        var listed = solution.Projects.Select(project => project.Path).ToHashSet();
        var present = tree.Projects.Select(project => project.File.Path).ToHashSet();
        foreach (string path in present.Where(path => !listed.Contains(path)))
            yield return new Violation(path, 1, "not in the solution");
        foreach (var project in solution.Projects.Where(project => !present.Contains(project.Path)))
            yield return new Violation(solution.File.Path, project.Line, $"lists {project.Path}, which does not exist");
    }

    private static IEnumerable<Violation> CheckProject(SolutionFile solution, SolutionProject project)
    {
        foreach (string name in Configurations)
        {
            bool wanted = name == Cluster || !ClusterOnly.Contains(project.Name);
            if (!project.Active.TryGetValue(name, out string? active))
                yield return Of($"has no ActiveCfg for {name}");
            if (project.Built.ContainsKey(name) != wanted)
                yield return Of(wanted ? $"has no Build.0 for {name}" : $"must have no Build.0 for {name}");
            else if (wanted && active is not null && project.Built[name] != active)
                yield return Of($"builds {project.Built[name]} under {name}, but {active} is active");
        }

        Violation Of(string message) => new(solution.File.Path, project.Line, $"{project.Name} {message}");
    }
}
