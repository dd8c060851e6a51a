namespace MPilot.Jobs.Architecture.Tests.Sources;

/// <summary>A project as the solution has it.</summary>
/// <param name="Path">From the root, with forward slashes.</param>
/// <param name="Active">Solution configuration to the project's own.</param>
/// <param name="Built">The same, only where the solution builds the project.</param>
internal sealed record SolutionProject(
    string Name, string Path, int Line, IReadOnlyDictionary<string, string> Active, IReadOnlyDictionary<string, string> Built);
