namespace MPilot.Jobs.Orleans;

/// <summary>The engine's clock has a name of its own in a silo: the runtime takes the nameless one, and need not go by the same.</summary>
public static class EngineTime
{
    public const string Key = "mpilot-engine";
}
