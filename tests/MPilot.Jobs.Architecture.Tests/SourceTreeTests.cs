using MPilot.Jobs.Architecture.Tests.Sources;

namespace MPilot.Jobs.Architecture.Tests;

public sealed class SourceTreeTests
{
    // Without this an empty reading of the tree would pass every rule.
    [Fact]
    public void Repository_OnDisk_HoldsTheHouse()
    {
        var tree = SourceTree.Repository;

        tree.Solution.ShouldNotBeNull().Projects.Count.ShouldBeGreaterThan(10);
        tree.Projects.ShouldContain(project => project.Name == "MPilot.Jobs.Engine" && project.References.Contains("MPilot.Jobs.Domain"));
        tree.CSharp.SelectMany(file => file.Types).ShouldContain(type => type.Name == "JobTransitions" && type.IsTopLevel);
        tree.Files.ShouldNotContain(file => file.Path.Contains("/bin/") || file.Path.Contains("/obj/") || file.Path.StartsWith(".git/"));
    }
}
