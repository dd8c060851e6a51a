using System.Collections.Immutable;

namespace MPilot.Jobs.Engine.Telemetry;

/// <summary>What is shown to the outside, under which names.</summary>
public static class TelemetryNames
{
    /// <summary>Our own meter, and our own source of spans.</summary>
    public const string Own = "MPilot.Jobs";

    /// <summary>The framework's source of the spans of requests to us. Its clients' spans are left out: addresses of providers and callers' pictures are in them.</summary>
    public const string Requests = "Microsoft.AspNetCore";

    /// <summary>The framework's meters: requests, connections, and the process.</summary>
    public static readonly ImmutableArray<string> FrameworkMeters =
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];
}
