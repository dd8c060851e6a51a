namespace MPilot.Jobs.Engine.Configuration;

/// <summary>Where events go for other programs.</summary>
public sealed class BusOptions
{
    /// <summary>
    /// <c>in-memory</c>, which needs nothing and reaches nobody outside the process, or <c>rabbitmq</c>, where any program binds queues of its own; while it
    /// is down, events wait in the store, and the store grows. Default: <c>in-memory</c>.
    /// </summary>
    public string Kind { get; set; } = "in-memory";

    /// <summary>
    /// For <c>rabbitmq</c>, how to reach it: <c>amqp://user:password@host:5672/vhost</c>, <c>amqps://</c> with TLS, or <c>env:NAME</c> for the variable that
    /// holds it all. Never logged. What it leaves out: <c>guest</c>, <c>guest</c>, port 5672 (5671 with TLS) and the virtual host <c>/</c>.
    /// Default: none; <c>rabbitmq</c> needs it.
    /// </summary>
    public Uri? Uri { get; set; }
}
