namespace MPilot.Jobs.Hosting.Tests.Support;

/// <summary>A temporary folder.</summary>
internal sealed class Workspace : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("mpilot-hosting-").FullName;

    public string Data => Path.Combine(Root, "data");

    public string Write(string name, string text)
    {
        var path = Path.Combine(Root, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
