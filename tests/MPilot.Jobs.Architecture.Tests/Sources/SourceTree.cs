namespace MPilot.Jobs.Architecture.Tests.Sources;

/// <summary>The repository's text files, on disk or made up by a test.</summary>
internal sealed class SourceTree
{
    private const string SolutionPath = "MPilot.Jobs.sln";
    private const int LargestText = 4 * 1024 * 1024;

    private static readonly Lazy<SourceTree> TheRepository = new(() => Read(FindRoot()));

    private readonly Lazy<IReadOnlyList<ProjectFile>> _projects;

    private SourceTree(IEnumerable<SourceFile> files)
    {
        Files = [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];
        _projects = new Lazy<IReadOnlyList<ProjectFile>>(() =>
            [.. Files.Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal)).Select(ProjectFile.Parse)]);
    }

    /// <summary>The tree these tests were built from.</summary>
    public static SourceTree Repository => TheRepository.Value;

    public IReadOnlyList<SourceFile> Files { get; }

    public IReadOnlyList<ProjectFile> Projects => _projects.Value;

    /// <summary>The solution; null where the tree has none.</summary>
    public SolutionFile? Solution => Files.FirstOrDefault(file => file.Path == SolutionPath) is { } file ? SolutionFile.Parse(file) : null;

    /// <summary>Our own C#: recorded fixtures are other people's.</summary>
    public IEnumerable<SourceFile> CSharp => Files.Where(file => file.IsCSharp && !IsFixture(file));

    public static SourceTree Of(params (string Path, string Text)[] files) => new(files.Select(file => new SourceFile(file.Path, file.Text)));

    public static bool IsFixture(SourceFile file) => file.IsUnder("tests/") && file.Path.Contains("/Fixtures/", StringComparison.Ordinal);

    private static SourceTree Read(string root)
    {
        var ignored = IgnoredPaths.Read(root);
        var files = new List<SourceFile>();
        var folders = new Stack<string>([root]);
        while (folders.TryPop(out string? folder))
        {
            foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
            {
                string path = Path.GetRelativePath(root, entry.FullName).Replace('\\', '/');
                if (ignored.Contains(path, entry is DirectoryInfo) || entry.LinkTarget is not null)
                    continue;
                if (entry is DirectoryInfo)
                    folders.Push(entry.FullName);
                else if (ReadText((FileInfo)entry) is { } text)
                    files.Add(new SourceFile(path, text));
            }
        }

        return new SourceTree(files);
    }

    private static string? ReadText(FileInfo file)
    {
        if (file.Length > LargestText)
            return null;
        string text = File.ReadAllText(file.FullName);
        return text.Contains('\0') ? null : text;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, SolutionPath)))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds {SolutionPath}.");
    }
}
