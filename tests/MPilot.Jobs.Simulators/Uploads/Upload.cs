using MPilot.Jobs.Simulators.Ledgers;

namespace MPilot.Jobs.Simulators.Uploads;

/// <summary>A multipart form whose files were hashed and measured, not kept.</summary>
internal sealed class Upload
{
    /// <summary>Names of all parts in the order they came.</summary>
    public List<string> Order { get; } = [];

    public Dictionary<string, string> Fields { get; } = new(StringComparer.Ordinal);

    public List<PartRecord> Files { get; } = [];

    public string? Text(string name) => Fields.GetValueOrDefault(name);
}
