namespace MPilot.Jobs.Domain.Webhooks;

/// <summary>How one try of a delivery ended: coarse, so that nothing is told of the receiver's network.</summary>
public enum DeliveryOutcome
{
    /// <summary>2xx.</summary>
    Accepted,

    /// <summary>Any other status that is not named here.</summary>
    Rejected,

    /// <summary>3xx: redirects are not followed.</summary>
    Redirected,

    /// <summary>410: nothing is wanted there any more.</summary>
    Gone,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>No connection, or one that broke.</summary>
    Unreachable,

    /// <summary>The receiver could not prove who it is, or speaks no TLS that is safe.</summary>
    TlsFailed,

    /// <summary>The host has no address that may be connected to.</summary>
    AddressRefused,

    /// <summary>No call was made: a probe of the same receiver failed a moment ago.</summary>
    ReceiverFailing,

    /// <summary>No call was made: the endpoint is disabled.</summary>
    EndpointDisabled,

    /// <summary>No call was made: the endpoint was deleted.</summary>
    EndpointDeleted,

    /// <summary>No call was made: there is no secret to sign with any more.</summary>
    SecretGone,

    /// <summary>No call was made: what it tells of is not kept any more.</summary>
    SubjectGone,

    /// <summary>The service itself failed at it.</summary>
    Faulted,
}
