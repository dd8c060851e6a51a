using MPilot.Jobs.Engine;
using MPilot.Jobs.Engine.Attempts;
using MPilot.Jobs.Orleans.Messages;

using Orleans.Runtime.Placement;

namespace MPilot.Jobs.Orleans.Attempts;

/// <summary>The silos besides this one, for calls it has no room for.</summary>
internal sealed class OtherNodes(IGrainFactory grains, IClusterMembershipService membership, ILocalSiloDetails local, IRandomness randomness)
{
    /// <summary>Asks one after the other, beginning anywhere. False: none takes the call.</summary>
    /// <param name="order">The call.</param>
    /// <param name="mayWait">Whether it may wait there for room.</param>
    public async Task<bool> TryStartAsync(AttemptOrder order, bool mayWait, CancellationToken cancellationToken)
    {
        var others = membership.CurrentSnapshot.Members.Values
            .Where(m => m.Status == SiloStatus.Active && !m.SiloAddress.Equals(local.SiloAddress))
            .Select(m => m.SiloAddress)
            .ToList();
        var first = (int)(randomness.NextUnit() * others.Count);
        var message = CarriedMessage.Of(order);
        for (var i = 0; i < others.Count; i++)
        {
            if (await TryStartAsync(others[(first + i) % others.Count], order, message, mayWait, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> TryStartAsync(SiloAddress silo, AttemptOrder order, CarriedMessage message, bool mayWait, CancellationToken cancellationToken)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo);
        try
        {
            return await grains.GetGrain<IAttemptGrain>($"{order.Job}:{order.Attempt}:{silo}").TryStartAsync(message, mayWait, cancellationToken);
        }
        catch (Exception failure) when (ClusterTrouble.Is(failure))
        {
            // It may have started there all the same: whoever says first that it sends, sends.
            return false;
        }
        finally
        {
            RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        }
    }
}
