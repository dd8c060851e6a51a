namespace MPilot.Jobs.Engine.Configuration;

/// <summary>Where pictures are kept.</summary>
public sealed class ArtifactsOptions
{
    /// <summary><c>files</c>. Default: <c>files</c>.</summary>
    public string Kind { get; set; } = "files";

    /// <summary>For <c>files</c>, the folder. Default: <c>artifacts</c> under the data folder.</summary>
    public string? Path { get; set; }
}
