namespace MPilot.Jobs.Engine.Webhooks;

/// <summary>Wakes whoever brings deliveries. A hint: due times in the store decide.</summary>
public interface IDeliverySignal
{
    /// <summary>Something may be due.</summary>
    void Due();
}
