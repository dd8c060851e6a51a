using System.Net.Sockets;
using System.Text;

namespace MPilot.Jobs.EndToEnd.Tests.Kit;

/// <summary>Sends bytes to the service as they are, and reads one answer to the end of the connection.</summary>
internal static class RawHttp
{
    private static readonly byte[] HeaderEnd = "\r\n\r\n"u8.ToArray();

    /// <summary>Re-sends a recorded request: same headers and body, byte for byte, but for the path, the host and a closing connection.</summary>
    public static async Task<(int Status, string Body)> ReplayAsync(Uri address, byte[] recording)
    {
        var end = recording.AsSpan().IndexOf(HeaderEnd);
        var lines = Encoding.Latin1.GetString(recording, 0, end).Split("\r\n");
        lines[0] = "POST /v1/images/edits HTTP/1.1";
        var head = lines
            .Where(l => !l.StartsWith("connection:", StringComparison.OrdinalIgnoreCase))
            .Select(l => l.StartsWith("host:", StringComparison.OrdinalIgnoreCase) ? $"Host: {address.Authority}" : l)
            .Append("Connection: close");
        var headBytes = Encoding.Latin1.GetBytes(string.Join("\r\n", head) + "\r\n\r\n");
        byte[] request = [.. headBytes, .. recording.AsSpan(end + 4)];
        return await SendAsync(address, request);
    }

    public static async Task<(int Status, string Body)> SendAsync(Uri address, ReadOnlyMemory<byte> request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(request);
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer);
        var text = Encoding.UTF8.GetString(answer.ToArray());
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var body = text[(end + 4)..];
        if (text.AsSpan(0, end).Contains("transfer-encoding: chunked", StringComparison.OrdinalIgnoreCase))
        {
            body = Dechunk(body);
        }

        return (int.Parse(text.AsSpan(9, 3)), body);
    }

    private static string Dechunk(string body)
    {
        var whole = new StringBuilder();
        while (body.Length > 0)
        {
            var line = body.IndexOf("\r\n", StringComparison.Ordinal);
            var size = Convert.ToInt32(body[..line], 16);
            whole.Append(body, line + 2, size);
            body = size == 0 ? "" : body[(line + 2 + size + 2)..];
        }

        return whole.ToString();
    }
}
