namespace MPilot.Jobs.Engine.Configuration;

/// <summary>Where pictures are kept.</summary>
public sealed class ArtifactsOptions
{
    /// <summary><c>files</c>. Default: <c>files</c>.</summary>
    public string Kind { get; set; } = "files";

    /// <summary>For <c>files</c>, the folder. Default: <c>artifacts</c> under the data folder.</summary>
    public string? Path { get; set; }

    /// <summary>
    /// For <c>files</c>, whether the folder is the same one on all nodes of a cluster, by NFS or the like. Nodes refuse to start on a folder of their own: a
    /// picture taken in by one would be missing on the others. Default: false.
    /// </summary>
    public bool Shared { get; set; }

    /// <summary>
    /// For <c>files</c>, how many bytes of the disk must be free for a provider to be called: jobs wait until they are. Higher keeps more room for the
    /// database and for pictures under way; lower uses more of the disk and risks paying for a picture that cannot be kept. Default: 134,217,728 (128 MiB).
    /// </summary>
    public long MinFreeBytes { get; set; } = 128L << 20;
}
