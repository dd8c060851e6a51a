using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Catalog;
using MPilot.Jobs.Engine.Emulation;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Engine.Telemetry;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>What one process works with: its view of the disk, and its own identity.</summary>
public sealed class ProcessParts
{
    public ProcessParts(World world, Faults faults)
    {
        World = world;
        Faults = faults;
        Store = new(world.Store, faults);
        Artifacts = new(world.Artifacts, faults);
        Catalog = world.NewCatalog();
        Pictures = new(Artifacts, Store, new PermissiveProbe(), world.Options.Retention, world.Ids, world.Time);
        Instruments = new(world.Options.Providers.Keys, world.Time);
        Drawing = new(Pictures, world.Renderer, world.Options.Pictures);
    }

    public World World { get; }

    public Faults Faults { get; }

    public FaultyStore Store { get; }

    public FaultyArtifacts Artifacts { get; }

    public Pictures Pictures { get; }

    public EditDrawing Drawing { get; }

    public ProviderCatalog Catalog { get; }

    public NodeIdentity Node { get; } = new("node_test");

    public RecordingSignal Outbox { get; } = new();

    public JobsInstruments Instruments { get; }
}
