namespace MPilot.Jobs.Storage.Tests.Samples;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("mpilot-storage-").FullName;

    public string File(string name) => System.IO.Path.Join(Path, name);

    public string[] AllFiles() => Directory.GetFiles(Path, "*", SearchOption.AllDirectories);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
