using System.Xml.Linq;

namespace MPilot.Jobs.Architecture.Tests.Sources;

/// <summary>A csproj file.</summary>
internal sealed class ProjectFile
{
    private ProjectFile(SourceFile file, XDocument xml)
    {
        File = file;
        Xml = xml;
        Name = Path.GetFileNameWithoutExtension(file.Path);
        Folder = file.Path[..(file.Path.LastIndexOf('/') + 1)];
        References = [.. Includes("ProjectReference").Select(include => Path.GetFileNameWithoutExtension(include.Replace('\\', '/')))];
    }

    public SourceFile File { get; }

    public XDocument Xml { get; }

    public string Name { get; }

    /// <summary>From the root, with a slash at its end.</summary>
    public string Folder { get; }

    public bool IsSource => File.IsUnder("src/");

    /// <summary>The names of the projects it references directly.</summary>
    public IReadOnlyList<string> References { get; }

    public static ProjectFile Parse(SourceFile file) => new(file, XDocument.Parse(file.Text));

    /// <summary>What the items of one kind include.</summary>
    public IEnumerable<string> Includes(string item) =>
        Xml.Descendants().Where(element => element.Name.LocalName == item).Select(element => (string?)element.Attribute("Include") ?? "");
}
