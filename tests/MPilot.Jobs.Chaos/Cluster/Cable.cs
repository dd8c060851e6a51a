using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace MPilot.Jobs.Chaos.Cluster;

/// <summary>The only way from one silo to PostgreSQL: a port on loopback that leads to the server's socket, and can be cut.</summary>
internal sealed class Cable : IAsyncDisposable
{
    /// <summary>What a late piece is late by: a transaction of some round trips takes seconds. 300 ms.</summary>
    private static readonly TimeSpan Lateness = TimeSpan.FromMilliseconds(300);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, bool> _sockets = new();
    private readonly string _server;
    private readonly TimeProvider _time;
    private readonly Task _accepting;
    private TaskCompletionSource _passable = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile CableState _state;

    /// <param name="server">The socket of the server.</param>
    /// <param name="time">Lets pieces be late.</param>
    public Cable(string server, TimeProvider time)
    {
        (_server, _time) = (server, time);
        _passable.SetResult();
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Changes what happens from now on, also to connections that there are.</summary>
    public void Become(CableState state)
    {
        var before = _passable;
        _passable = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _state = state;
        if (state != CableState.BlackHole)
        {
            _passable.SetResult();
            before.TrySetResult();
        }

        if (state == CableState.Reset)
        {
            Reset();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        Become(CableState.Reset);
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = CarryAsync(await _listener.AcceptSocketAsync());
            }
            catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task CarryAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using (client)
        {
            // Closing it resets it.
            client.LingerState = new(enable: true, seconds: 0);
            (_sockets[client], _sockets[server]) = (true, true);
            try
            {
                await _passable.Task;
                ObjectDisposedException.ThrowIf(_state == CableState.Reset, client);
                await server.ConnectAsync(new UnixDomainSocketEndPoint(_server));
                await await Task.WhenAny(PumpAsync(client, server), PumpAsync(server, client));
            }
            catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
            {
                // One of the two has gone, or the cable was cut: so goes the other.
            }

            _sockets.TryRemove(client, out _);
            _sockets.TryRemove(server, out _);
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var piece = new byte[64 * 1024];
        while (await from.ReceiveAsync(piece) is > 0 and var length)
        {
            await _passable.Task;
            if (_state == CableState.Delay)
            {
                await _time.ElapseAsync(Lateness);
            }

            await to.SendAsync(piece.AsMemory(0, length));
        }
    }

    private void Reset()
    {
        foreach (var socket in _sockets.Keys)
        {
            socket.Dispose();
        }
    }
}
