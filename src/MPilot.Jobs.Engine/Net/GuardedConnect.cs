using System.Net;
using System.Net.Sockets;

namespace MPilot.Jobs.Engine.Net;

/// <summary>
/// Opens connections to allowed addresses only. A name is resolved once and the very addresses that were checked are connected to, so that
/// a name whose answer changes between check and use gains nothing.
/// </summary>
/// <param name="allows">Whether an address found for a host may be connected to.</param>
/// <param name="addresses">Resolves names.</param>
internal sealed class GuardedConnect(Func<DnsEndPoint, IPAddress, bool> allows, IHostAddresses addresses)
{
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var target = context.DnsEndPoint;
        var allowed = await ResolveAsync(target, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            KeepAlive(socket);
            await socket.ConnectAsync(allowed, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The addresses that may be connected to.</summary>
    /// <exception cref="HostRefusedException">There is none.</exception>
    public async ValueTask<IPAddress[]> ResolveAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        var found = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await addresses.ResolveAsync(target.Host, cancellationToken);
        var allowed = Array.FindAll(found, address => allows(target, address));
        return allowed.Length > 0 ? allowed : throw new HostRefusedException("The host has no address that may be connected to.");
    }

    /// <summary>A model may think for minutes without a byte; what sits between forgets silent connections sooner.</summary>
    private static void KeepAlive(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 30);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
    }
}
