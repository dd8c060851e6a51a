namespace MPilot.Jobs.Engine.Configuration;

/// <summary>Where pictures are kept.</summary>
public sealed class ArtifactsOptions
{
    /// <summary>
    /// <c>files</c>, a folder that needs nothing else, or <c>azure-blob</c>, a container of an Azure storage account that every node reaches and that
    /// is replicated for you, for which every picture is a way over the network. Default: <c>files</c>.
    /// </summary>
    public string Kind { get; set; } = "files";

    /// <summary>
    /// The folder of this machine. <c>files</c> keeps pictures there; <c>azure-blob</c> only those that are being written, drawn or uploaded. Default:
    /// <c>artifacts</c> under the data folder.
    /// </summary>
    public string? Path { get; set; }

    /// <summary>
    /// For <c>files</c>, whether the folder is the same one on all nodes of a cluster, by NFS or the like. Nodes refuse to start on a folder of their own: a
    /// picture taken in by one would be missing on the others. Default: false.
    /// </summary>
    public bool Shared { get; set; }

    /// <summary>
    /// How many bytes of that folder's disk must be free for a provider to be called: jobs wait until they are. Higher keeps more room for the
    /// database and for pictures under way; lower uses more of the disk and risks paying for a picture that cannot be kept. Default: 134,217,728 (128 MiB).
    /// </summary>
    public long MinFreeBytes { get; set; } = 128L << 20;

    /// <summary>
    /// For <c>azure-blob</c>, the account's connection string with its key or a shared access signature, or <c>env:NAME</c> for the variable that holds
    /// it all. The key does everything, links included, and never ends; a signature does what it was made for until it ends. Default: none;
    /// <c>azure-blob</c> needs this or <see cref="ServiceUri"/>.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>
    /// For <c>azure-blob</c>, the account's blob endpoint, such as <c>https://mpilot.blob.core.windows.net</c>: used with the identity the process runs
    /// under, as <c>DefaultAzureCredential</c> finds it (workload identity, managed identity, <c>AZURE_CLIENT_ID</c> with a secret or certificate …), which
    /// leaves no secret to keep, or with a shared access signature in its query. Default: none.
    /// </summary>
    public Uri? ServiceUri { get; set; }

    /// <summary>
    /// For <c>azure-blob</c>, the container; made, private, if it is missing and may be made. One for each installation: what no job of ours knows is
    /// deleted from it. Default: <c>mpilot-artifacts</c>.
    /// </summary>
    public string Container { get; set; } = "mpilot-artifacts";

    /// <summary>
    /// What links to pictures lead to: <c>own</c>, this service, which looks whether the picture is still kept and sets safe headers, or <c>sas</c>, for
    /// <c>azure-blob</c> with the account's key, the blob itself, which spares this service the bytes and works while it is down, but shows the account's
    /// name and cannot be taken back before it ends. Default: <c>own</c>.
    /// </summary>
    public string Links { get; set; } = "own";
}
