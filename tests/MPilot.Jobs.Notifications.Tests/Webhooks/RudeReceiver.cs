using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MPilot.Jobs.Notifications.Tests.Webhooks;

/// <summary>A server on loopback that does what no server may: it resets connections, or drips an answer that has no end.</summary>
internal sealed class RudeReceiver : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, bool> _dripping = new();
    private readonly bool _drips;
    private readonly Action<string> _received;
    private readonly Task _accepting;

    /// <param name="drips">Whether it drips; else it resets.</param>
    /// <param name="received">Told the id of every call.</param>
    public RudeReceiver(bool drips, Action<string> received)
    {
        _drips = drips;
        _received = received;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    /// <summary>One more byte of a header to everyone who waits.</summary>
    public void Drip()
    {
        foreach (var socket in _dripping.Keys)
        {
            try
            {
                socket.Send("x"u8);
            }
            catch (SocketException)
            {
                Close(socket);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        _dripping.Keys.ToList().ForEach(Close);
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptSocketAsync());
            }
            catch (Exception over) when (over is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        var head = "";
        var buffer = new byte[64 << 10];
        while (!head.Contains('}', StringComparison.Ordinal) && await socket.ReceiveAsync(buffer) is > 0 and var count)
        {
            head += Encoding.UTF8.GetString(buffer, 0, count);
        }

        var id = head.Split("\r\n").First(l => l.StartsWith("webhook-id: ", StringComparison.OrdinalIgnoreCase))["webhook-id: ".Length..];
        if (_drips)
        {
            await socket.SendAsync("HTTP/1.1 200 OK\r\nX-Slow: "u8.ToArray());
            _dripping[socket] = true;
        }
        else
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Close();
        }

        _received(id);
    }

    private void Close(Socket socket)
    {
        _dripping.TryRemove(socket, out _);
        socket.Dispose();
    }
}
