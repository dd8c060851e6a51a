namespace MPilot.Jobs.Engine.Webhooks;

/// <summary>What became of an endpoint that was to be stored.</summary>
public enum EndpointAnswer
{
    Stored,

    /// <summary>Another endpoint of the tenant has the name; nothing was written.</summary>
    NameTaken,

    /// <summary>The tenant has as many as it may; nothing was written.</summary>
    TooMany,

    /// <summary>It is not there any more; nothing was written.</summary>
    Gone,
}
