namespace MPilot.Jobs.Engine.Webhooks;

/// <summary>What became of a wish to deliver something again.</summary>
public enum RedeliverAnswer
{
    /// <summary>It is pending from now on, with the whole schedule before it.</summary>
    Pending,

    /// <summary>It was pending already; nothing was written.</summary>
    PendingAlready,

    /// <summary>There is no such delivery.</summary>
    Gone,
}
