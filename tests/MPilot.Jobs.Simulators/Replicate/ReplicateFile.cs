using MPilot.Jobs.Simulators.Ledgers;

namespace MPilot.Jobs.Simulators.Replicate;

/// <summary>A file that was uploaded; its bytes were measured, not kept.</summary>
internal sealed record ReplicateFile(string Id, string Link, PartRecord Part, DateTimeOffset Created)
{
    public DateTimeOffset Expires => Created + TimeSpan.FromHours(24);
}
