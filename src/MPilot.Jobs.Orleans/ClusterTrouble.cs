using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Orleans;

/// <summary>What Orleans throws when a call's fate is unknown, in the engine's words.</summary>
internal static class ClusterTrouble
{
    /// <remarks>Canceled is also what a silo that stops makes of the calls it has.</remarks>
    public static bool Is(Exception failure)
        => failure is OrleansException or TimeoutException or ObjectDisposedException or OperationCanceledException;

    public static StoreUnavailableException Of(Exception failure) => new("The node of the cluster that was asked is away.", failure);
}
