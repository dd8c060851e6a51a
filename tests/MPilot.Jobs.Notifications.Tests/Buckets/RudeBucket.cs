using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MPilot.Jobs.Notifications.Tests.Buckets;

/// <summary>A server on loopback that ends a call early: it refuses it at its head, or resets it amid the body.</summary>
internal sealed class RudeBucket : IAsyncDisposable
{
    private const string EndOfHead = "\r\n\r\n";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _accepting;
    private readonly int? _resetsAfter;
    private long _bodyBytes;
    private int _calls;

    /// <param name="resetsAfter">How much of the body it takes before it resets; <c>null</c>: it answers 403 and takes none.</param>
    public RudeBucket(int? resetsAfter)
    {
        _resetsAfter = resetsAfter;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/x.png?sig=1";

    public int Calls => Volatile.Read(ref _calls);

    /// <summary>How much of bodies came.</summary>
    public long BodyBytes => Interlocked.Read(ref _bodyBytes);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                using var socket = await _listener.AcceptSocketAsync();
                Interlocked.Increment(ref _calls);
                await ServeAsync(socket);
            }
            catch (Exception over) when (over is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        var head = "";
        var buffer = new byte[16 << 10];
        while (!head.Contains(EndOfHead, StringComparison.Ordinal) && await socket.ReceiveAsync(buffer) is > 0 and var count)
        {
            head += Encoding.Latin1.GetString(buffer, 0, count);
        }

        Interlocked.Add(ref _bodyBytes, head.Length - head.IndexOf(EndOfHead, StringComparison.Ordinal) - EndOfHead.Length);
        if (_resetsAfter is not { } most)
        {
            await socket.SendAsync("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
            socket.Shutdown(SocketShutdown.Send);
            Interlocked.Add(ref _bodyBytes, await DrainAsync(socket, long.MaxValue));
            return;
        }

        await socket.SendAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray());
        Interlocked.Add(ref _bodyBytes, await DrainAsync(socket, most));
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    private static async Task<long> DrainAsync(Socket socket, long most)
    {
        var buffer = new byte[16 << 10];
        var all = 0L;
        while (all < most && await socket.ReceiveAsync(buffer) is > 0 and var count)
        {
            all += count;
        }

        return all;
    }
}
