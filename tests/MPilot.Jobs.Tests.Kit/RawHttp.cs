using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>Requests over a socket of its own, byte for byte.</summary>
public sealed class RawHttp : IDisposable
{
    /// <summary>How long an answer is waited for: one that never ends fails its test instead of holding up all others.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

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

    /// <summary>Reads one whole answer, its body by length or in chunks.</summary>
    public async Task<Answer> ReadAsync()
    {
        var head = (await ReadHeadAsync()).Split("\r\n");
        var headers = head.Skip(1).Select(l => l.Split(": ", 2)).Where(p => p.Length == 2)
            .GroupBy(p => p[0], p => p[1], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => string.Join(", ", g), StringComparer.OrdinalIgnoreCase);
        var status = int.Parse(head[0].Split(' ')[1], CultureInfo.InvariantCulture);
        var length = headers.TryGetValue("Content-Length", out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        return new(status, headers, headers.ContainsKey("Transfer-Encoding") ? await ReadChunksAsync() : await ReadBytesAsync(length));
    }

    /// <summary>Reads up to the empty line.</summary>
    public Task<string> ReadHeadAsync() => ReadToAsync("\r\n\r\n");

    public void Dispose() => _socket.Dispose();

    private async Task<byte[]> ReadChunksAsync()
    {
        using var body = new MemoryStream();
        while (true)
        {
            var size = int.Parse((await ReadToAsync("\r\n")).TrimEnd(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.Write(await ReadBytesAsync(size));
            await ReadToAsync("\r\n");
            if (size == 0)
            {
                return body.ToArray();
            }
        }
    }

    private async Task<byte[]> ReadBytesAsync(int length)
    {
        var bytes = new byte[length];
        await _stream.ReadExactlyAsync(bytes).AsTask().WaitAsync(Patience);
        return bytes;
    }

    private async Task<string> ReadToAsync(string end)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            await _stream.ReadExactlyAsync(one).AsTask().WaitAsync(Patience);
            text.Append((char)one[0]);
        }

        return text.ToString();
    }
}
