using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MPilot.Jobs.Api.Tests.Support;

/// <summary>One request over a socket of its own, byte for byte.</summary>
internal sealed class RawHttp : IDisposable
{
    private readonly TcpClient _socket;
    private readonly NetworkStream _stream;

    public RawHttp(Uri address)
    {
        _socket = new(address.Host, address.Port) { NoDelay = true };
        _stream = _socket.GetStream();
    }

    /// <summary>The head of a request to the edit endpoint.</summary>
    public static byte[] EditHead(Uri address, string contentType, params string[] headers)
        => Encoding.ASCII.GetBytes(
            $"POST /v1/images/edits HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: {contentType}\r\n{string.Concat(headers.Select(h => h + "\r\n"))}\r\n");

    /// <summary>A body in chunks of the given sizes, over and over.</summary>
    public static byte[] Chunked(byte[] body, Func<int> nextSize)
    {
        using var result = new MemoryStream();
        for (var at = 0; at < body.Length;)
        {
            var size = Math.Min(nextSize(), body.Length - at);
            result.Write(Encoding.ASCII.GetBytes(size.ToString("x", CultureInfo.InvariantCulture) + "\r\n"));
            result.Write(body, at, size);
            result.Write("\r\n"u8);
            at += size;
        }

        result.Write("0\r\n\r\n"u8);
        return result.ToArray();
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes) => _stream.WriteAsync(bytes);

    /// <summary>No more will be sent.</summary>
    public void EndSending() => _socket.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Reads one whole answer.</summary>
    public async Task<Answer> ReadAsync()
    {
        var head = (await ReadHeadAsync()).Split("\r\n");
        var headers = head.Skip(1).Select(l => l.Split(": ", 2)).Where(p => p.Length == 2).ToDictionary(p => p[0], p => p[1], StringComparer.OrdinalIgnoreCase);
        var status = int.Parse(head[0].Split(' ')[1], CultureInfo.InvariantCulture);
        var length = headers.TryGetValue("Content-Length", out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        var body = new byte[length];
        await _stream.ReadExactlyAsync(body);
        return new(status, headers, body);
    }

    /// <summary>Reads up to the empty line.</summary>
    public async Task<string> ReadHeadAsync()
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await _stream.ReadExactlyAsync(one);
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    public void Dispose() => _socket.Dispose();
}
