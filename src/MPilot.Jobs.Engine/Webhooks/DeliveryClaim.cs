namespace MPilot.Jobs.Engine.Webhooks;

/// <summary>A node takes what is due for one receiver. Only a node whose epoch is alive gets any.</summary>
/// <param name="Target">The receiver.</param>
/// <param name="Node">The node.</param>
/// <param name="Epoch">Its epoch.</param>
/// <param name="Now">The present.</param>
/// <param name="Limit">At most so many.</param>
public sealed record DeliveryClaim(string Target, string Node, long Epoch, DateTimeOffset Now, int Limit)
{
    /// <summary>Only what was due by then; <c>null</c>: by now.</summary>
    public DateTimeOffset? DueBy { get; init; }
}
