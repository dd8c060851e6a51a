namespace MPilot.Jobs.Architecture.Tests.Sources;

/// <summary>What git leaves out, by the plain lines of the root's .gitignore: <c>name/</c>, <c>/name/</c> and <c>*.suffix</c>.</summary>
internal sealed class IgnoredPaths
{
    private readonly HashSet<string> _folderNames = [];
    private readonly HashSet<string> _rootFolders = [];
    private readonly List<string> _suffixes = [];

    private IgnoredPaths(IEnumerable<string> lines)
    {
        foreach (string line in lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line.StartsWith("*.", StringComparison.Ordinal))
                _suffixes.Add(line[1..]);
            else if (line[0] == '/')
                _rootFolders.Add(line.Trim('/'));
            else
                _folderNames.Add(line.TrimEnd('/'));
        }
    }

    public static IgnoredPaths Read(string root)
    {
        string file = Path.Combine(root, ".gitignore");
        return new IgnoredPaths(File.Exists(file) ? File.ReadLines(file) : ["bin/", "obj/", "node_modules/"]);
    }

    public bool Contains(string path, bool isFolder)
    {
        string name = Path.GetFileName(path);
        return name == ".git" || (isFolder
            ? _folderNames.Contains(name) || _rootFolders.Contains(path)
            : _suffixes.Exists(suffix => name.EndsWith(suffix, StringComparison.Ordinal)));
    }
}
