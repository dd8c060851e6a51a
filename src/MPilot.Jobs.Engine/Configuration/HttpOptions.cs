namespace MPilot.Jobs.Engine.Configuration;

/// <summary>The HTTP front.</summary>
public sealed class HttpOptions
{
    /// <summary>The address to listen on. Without keys only a loopback address is allowed. Port 0 takes a free one. Default: <c>http://127.0.0.1:8080</c>.</summary>
    public string Listen { get; set; } = "http://127.0.0.1:8080";

    /// <summary>What links start with. Default: the first listening address.</summary>
    public Uri? PublicBaseUrl { get; set; }

    /// <summary><c>b64_json</c> or <c>url</c>, for requests that do not say. Default: <c>b64_json</c>.</summary>
    public string DefaultResponseFormat { get; set; } = "b64_json";

    /// <summary>Web origins (<c>https://host[:port]</c>) whose pages may call a service without keys. Default: none.</summary>
    public List<string> AllowedOrigins { get; set; } = [];

    /// <summary>Largest request body in bytes. Default: 268,435,456 (256 MiB).</summary>
    public long MaxBodyBytes { get; set; } = 256L << 20;

    /// <summary>How many bytes of a refused request are still read, so that its client sees the answer instead of a reset. Default: 67,108,864 (64 MiB).</summary>
    public long DrainBytes { get; set; } = 64L << 20;

    /// <summary>How long a refused request is still read. Default: 10 s.</summary>
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(10);
}
