using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>Stands between clients and a server, both on loopback, and can be cut like a cable, or lose an answer.</summary>
public sealed class LoopbackRelay : IAsyncDisposable
{
    private readonly Uri _target;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, bool> _open = new();
    private readonly Task _accepting;
    private long _left = long.MaxValue;
    private int _answersToPass = int.MaxValue;

    public LoopbackRelay(Uri target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>What clients connect to in place of the server.</summary>
    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    /// <summary>Cuts everything off once so many more bytes have gone to the server, and lets nobody through any more.</summary>
    public void CutAfter(long bytes) => Interlocked.Exchange(ref _left, bytes);

    /// <summary>Lets everybody through again.</summary>
    public void Mend() => Interlocked.Exchange(ref _left, long.MaxValue);

    /// <summary>Cuts everything off now, and lets nobody through any more.</summary>
    public void Cut()
    {
        CutAfter(0);
        Drop();
    }

    /// <summary>Ends the connections there are; new ones get through.</summary>
    public void Drop()
    {
        foreach (var client in _open.Keys)
        {
            client.Close();
        }
    }

    /// <summary>After so many more, one answer of the server does not reach its client, whose connection ends.</summary>
    public void LoseAnswerAfter(int answers) => Volatile.Write(ref _answersToPass, answers);

    /// <summary>Whether that has happened.</summary>
    public bool HasLostAnswer => Volatile.Read(ref _answersToPass) < 0;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        Drop();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        var relayed = new List<Task>();
        try
        {
            while (true)
            {
                relayed.Add(RelayAsync(await _listener.AcceptTcpClientAsync()));
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(relayed);
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            _open[client] = true;
            try
            {
                await server.ConnectAsync(_target.Host, _target.Port);
                await Task.WhenAny(CopyAsync(client.GetStream(), server.GetStream(), Upstream), CopyAsync(server.GetStream(), client.GetStream(), _ => Downstream()));
            }
            catch (Exception broken) when (broken is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // The server is away, or this relay.
            }

            _open.TryRemove(client, out _);
        }
    }

    private static async Task CopyAsync(NetworkStream from, NetworkStream to, Func<int, bool> passes)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReadAsync(buffer) is > 0 and var read && passes(read))
            {
                await to.WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException)
        {
            // Either side hung up.
        }
    }

    private bool Upstream(int bytes)
    {
        if (Interlocked.Read(ref _left) == long.MaxValue || Interlocked.Add(ref _left, -bytes) > 0)
        {
            return true;
        }

        Drop();
        return false;
    }

    /// <summary>Answers that are waited for here are short: each comes in one piece.</summary>
    private bool Downstream() => Volatile.Read(ref _answersToPass) is < 0 or int.MaxValue || Interlocked.Decrement(ref _answersToPass) >= 0;
}
