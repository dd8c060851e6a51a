namespace MPilot.Jobs.Notifications.Bus;

/// <summary>How to reach a RabbitMQ, taken from <c>amqp://user:password@host:port/vhost</c>. What is left out is as RabbitMQ has it by itself.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">5672, or 5671 with TLS, unless given.</param>
/// <param name="VirtualHost"><c>/</c> unless given.</param>
/// <param name="User"><c>guest</c> unless given.</param>
/// <param name="Password">Likewise. A secret.</param>
/// <param name="IsTls">Whether the scheme is <c>amqps</c>.</param>
public sealed record RabbitAddress(string Host, ushort Port, string VirtualHost, string User, string Password, bool IsTls)
{
    private const string Plain = "amqp";
    private const string Tls = "amqps";
    private const string Guest = "guest";

    /// <summary>Whether a URI is such an address and nothing else.</summary>
    public static bool IsAddress(Uri uri)
        => uri.Scheme is Plain or Tls && uri.Host.Length > 0 && uri.Port != 0 && uri.Query.Length + uri.Fragment.Length == 0
            && uri.AbsolutePath.LastIndexOf('/') <= 0;

    /// <summary>Reads an address.</summary>
    public static RabbitAddress Of(Uri uri)
    {
        var isTls = uri.Scheme == Tls;
        var credentials = uri.UserInfo.Split(':', 2);
        var path = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/'));
        return new(
            uri.DnsSafeHost,
            (ushort)(uri.Port > 0 ? uri.Port : isTls ? 5671 : 5672),
            path.Length > 0 ? path : "/",
            credentials[0].Length > 0 ? Uri.UnescapeDataString(credentials[0]) : Guest,
            credentials.Length > 1 ? Uri.UnescapeDataString(credentials[1]) : Guest,
            isTls);
    }

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{(IsTls ? Tls : Plain)}://{Host}:{Port}";
}
