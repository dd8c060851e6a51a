using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Orleans;

/// <summary>What Orleans throws when a call's fate is unknown, in the engine's words.</summary>
internal static class ClusterTrouble
{
    public static bool Is(Exception failure)
        => failure is OrleansException or TimeoutException or ObjectDisposedException;

    public static StoreUnavailableException Of(Exception failure) => new("The node of the cluster that was asked is away.", failure);
}
