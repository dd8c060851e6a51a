using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Api.Health;

/// <summary>Whether pictures can be kept.</summary>
internal sealed class ArtifactReadiness(Pictures pictures, TimeProvider time) : IReadinessCheck
{
    /// <summary>How long the artifact store may take to say so. 5 s.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<ReadinessFinding>> CheckAsync(CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(Patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await pictures.EnsureRoomAsync(stop.Token);
            return [Finding(null)];
        }
        catch (StoreUnavailableException away)
        {
            return [Finding(away.Message)];
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [Finding("The artifact store does not answer.")];
        }
    }

    private static ReadinessFinding Finding(string? problem) => new("artifacts", problem, IsEssential: true);
}
